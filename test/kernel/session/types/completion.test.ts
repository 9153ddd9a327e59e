import { CheckedNotebook } from "../../../support/checked-notebook.js";

let notebook: CheckedNotebook;
beforeAll(async () => {
  notebook = new CheckedNotebook();
  expect(
    await notebook.add(`
let side = 2;
interface Row { id: number; label?: string }
type Rows = readonly Row[];
enum Color { Red, Green }
class Dog { name = "Rex"; bark(times: number): void {} }
const dog = new Dog();
function plus(a: number, b = 2): number { return a + b }
const minus = (a: number, b: number) => a - b;
const mode: "fast" | "safe" = "fast" as "fast" | "safe";
namespace Units { export const meter = 1 }`),
  ).toEqual([]);
});
afterAll(() => notebook.close());

test("after a dot the properties fit, with their kinds and the signatures of methods", async () => {
  expect(await notebook.complete("dog.|")).toEqual({
    cursorStart: 4,
    cursorEnd: 4,
    isClosed: false,
    entries: [
      { name: "bark", kind: "method", signature: "(times: number): void" },
      { name: "name", kind: "property" },
    ],
  });
  expect(await notebook.complete("Color.|")).toMatchObject({ entries: [{ name: "Green" }, { name: "Red" }] });
});

test("the whole name around the cursor is replaced, in code points", async () => {
  const found = await notebook.complete("'🐕🐕'; dog.na|me.length");
  expect(found).toMatchObject({ cursorStart: 10, cursorEnd: 14, entries: [{ name: "name", kind: "property" }] });
});

test("the beginning of a name finds names of all cells, each as what it is", async () => {
  const kinds = async (code: string) => (await notebook.complete(code))?.entries.map(({ name, kind }) => [name, kind]);
  expect(await kinds("sid|")).toEqual([["side", "instance"]]);
  expect(await kinds("pl|")).toEqual([["plus", "function"]]);
  expect(await kinds("minu|")).toEqual([["minus", "function"]]);
  expect(await kinds("new Do|")).toEqual([["Dog", "class"]]);
  expect(await kinds("Uni|")).toEqual([["Units", "module"]]);
  expect(await kinds("let row: Ro|")).toEqual([
    ["Row", "interface"],
    ["Rows", "type"],
  ]);
  expect(await kinds("Colo|")).toEqual([["Color", "enum"]]);
  expect(await kinds("awai|")).toEqual([["await", "keyword"]]);
});

test("names of the notebook come first, then dagbook's, then Node's, and nothing of the machinery", async () => {
  expect((await notebook.names("d|")).slice(0, 4)).toEqual(["dog", "da", "delayed", "display"]);
  expect(await notebook.names("$|")).toEqual([]);
  expect(await notebook.names("expor|")).toEqual(["export"]);
  expect(await notebook.names("setTim|")).toEqual(["setTimeout"]);
});

test("names inside of functions fit", async () => {
  expect(await notebook.names("[dog].map((puppy) => pup|")).toEqual(["puppy"]);
  expect(await notebook.names("function f(first: Dog) { return first.ba|")).toEqual(["bark"]);
});

test("keys of an object, values of a union, keys in brackets and exports of a module fit alone", async () => {
  expect(await notebook.complete("const row: Row = { |")).toMatchObject({
    isClosed: true,
    entries: [{ name: "id" }, { name: "label" }],
  });
  expect(await notebook.names("mode === '|'")).toEqual(["fast", "safe"]);
  expect(await notebook.names("dog['na|']")).toEqual(["name"]);
  expect(await notebook.complete("import { readFileS| } from 'node:fs'")).toMatchObject({
    cursorStart: 9,
    cursorEnd: 18,
    isClosed: true,
    entries: [{ name: "readFileSync", kind: "function" }],
  });
});

test("where a question mark and a dot stand between, the property fits", async () => {
  await notebook.add("let maybe = Math.random() > 2 ? undefined : dog");
  expect(await notebook.names("maybe.n|")).toEqual(["name"]);
  expect(await notebook.names("maybe?.n|")).toEqual(["name"]);
});

test.each([
  ["// dog.|"],
  ["/* dog.| */"],
  ["'dog.|"],
  ["const dogs|"],
  ["12|"],
  ["%env do|"],
  ["!echo do|"],
  ["import x from 'node:f|'"],
  ["nothing.|"],
  ["(dog as any).|"],
])("types are silent at %s", async (code) => {
  expect(await notebook.complete(code)).toBeUndefined();
});

test("a cell with magics is completed at its own places", async () => {
  expect(await notebook.complete("%env A=1\ndog.na|")).toMatchObject({ cursorStart: 13, entries: [{ name: "name" }] });
  expect(await notebook.names("%time dog.na|")).toEqual(["name"]);
});
