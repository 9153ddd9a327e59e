import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CheckedNotebook } from "../../../support/checked-notebook.js";

let notebook: CheckedNotebook;
beforeEach(() => {
  notebook = new CheckedNotebook();
});
afterEach(() => notebook.close());

test("a cell knows the types of the cells before it", async () => {
  expect(await notebook.add("let x = 1; const who = 'a'")).toEqual([]);
  expect(await notebook.add("x = 'no'")).toEqual(["TS2322 1:1 Type 'string' is not assignable to type 'number'."]);
  expect(await notebook.add("x.foo")).toEqual(["TS2339 1:3 Property 'foo' does not exist on type 'number'."]);
  expect(await notebook.add("const y: string = x.toFixed(2)")).toEqual([]);
});

test("a constant, a function, a class and an enum of an earlier cell cannot be assigned, each in its words", async () => {
  await notebook.add("const who = 'a'; function f() {} class C {} enum E { A }");
  expect(await notebook.add("who = 'b'; f = null; C = null; E = null")).toEqual([
    "TS2588 1:1 Cannot assign to 'who' because it is a constant.",
    "TS2630 1:12 Cannot assign to 'f' because it is a function.",
    "TS2629 1:22 Cannot assign to 'C' because it is a class.",
    "TS2628 1:32 Cannot assign to 'E' because it is an enum.",
  ]);
});

test("a name may be declared again with another type, and what was made from the old one keeps its type", async () => {
  await notebook.add("const rows = ['a', 'b']; class Box { a = 1 }; const box = new Box()");
  expect(await notebook.add("const rows = 5; class Box { b = 2 }")).toEqual([]);
  expect(await notebook.add("rows.toFixed(); box.a + new Box().b")).toEqual([]);
  expect(await notebook.rules("rows.map(String); box.b; new Box().a")).toEqual(["TS2339", "TS2339", "TS2339"]);
  expect(await notebook.add("const rows = rows + 1")).toEqual([]);
});

test("enums, classes, interfaces, type aliases, namespaces and generics hold across cells", async () => {
  await notebook.add(`
    enum Color { Red, Green }
    abstract class Shape { abstract area(): number }
    interface Row { id: number; label?: string }
    type Pair<A> = readonly [A, A];
    namespace Units { export const meter = 1 }
    function first<T>(list: readonly T[]): T | undefined { return list[0] }`);
  expect(
    await notebook.add(`
    class Square extends Shape { constructor(readonly side: number) { super() } area() { return this.side ** 2 } }
    const row: Row = { id: Color.Green };
    const pair: Pair<Color> = [Color.Red, Color.Green];
    const got: Row | undefined = first([row]);
    Units.meter + new Square(2).area()`),
  ).toEqual([]);
  expect(await notebook.rules("const bad: Row = { id: 'x' }; new Shape(); const three: Pair<1> = [1, 1, 1]")).toEqual([
    "TS2322",
    "TS2511",
    "TS2322",
  ]);
});

test("top-level await, using, for await and an object alone are no faults", async () => {
  expect(await notebook.add("const late = await Promise.resolve(3)")).toEqual([]);
  expect(await notebook.add("late.toFixed(); for await (const one of [late]) one.toFixed()")).toEqual([]);
  expect(await notebook.add("using file = { [Symbol.dispose]() {} }; await using other = null")).toEqual([]);
  expect(await notebook.add("{ a: 1, b: late }")).toEqual([]);
  expect(await notebook.add("return")).toEqual([]);
});

test("modules of Node and of dagbook have their types, and names that every cell has need no import", async () => {
  expect(await notebook.add("import { readFileSync } from 'node:fs'; import * as path from 'node:path'")).toEqual([]);
  expect(await notebook.add("readFileSync(path.join('a', 'b'), 'utf8').trim()")).toEqual([]);
  expect(await notebook.rules("path.join(1)")).toEqual(["TS2345"]);
  expect(
    await notebook.add("import { delayed as lazy } from 'dagbook'; import { order } from 'dagbook/graph'"),
  ).toEqual([]);
  expect(
    await notebook.add("const add = lazy((a: number, b: number) => a + b); const [n] = await compute(add(1, 2))"),
  ).toEqual([]);
  expect(await notebook.add("const m = da.ones([4, 4]).sum(); display(n.toFixed() + (await m.compute()))")).toEqual([]);
  expect(await notebook.rules("n.trim(); da.one()")).toEqual(["TS2339", "TS2551"]);
});

test("places are of the text as it was written: with magics, after emoji, at the end of a name", async () => {
  expect(await notebook.add("let x = 1\n!ls -la\n%env A=1")).toEqual([]);
  expect(await notebook.checker.addCell({ count: 9, code: "%env A=1\nconst dog = '🐕'; x = dog" })).toMatchObject([
    { code: 2322, severity: "error", start: { line: 2, column: 19 }, end: { line: 2, column: 20 } },
  ]);
  expect(await notebook.add("%time x.foo")).toEqual(["TS2339 1:9 Property 'foo' does not exist on type 'number'."]);
});

test("a variable counts as what it was last given", async () => {
  await notebook.add("interface Row { id: number }; let found: Row | undefined; let later; const all = []");
  await notebook.add("for (const id of [1, 2]) { found = { id }; all.push(id) }; later = 5");
  expect(await notebook.add("found.id + later; all.length")).toEqual([]);
  expect(
    await notebook.rules("let maybe: string | undefined = Math.random() > 2 ? 'a' : undefined; maybe.length"),
  ).toEqual(["TS18048"]);
});

test("what cannot be parsed has no findings and leaves the cells before as they were", async () => {
  await notebook.add("let x = 1");
  expect(await notebook.add("let x = 'a' +")).toEqual([]);
  expect(await notebook.rules("x = 'a'")).toEqual(["TS2322"]);
});

test("what is refused before it runs declares nothing: a built-in, and a cell with a magic that there is not", async () => {
  expect(await notebook.add("class Map { get = 1 }")).toEqual([]);
  expect(await notebook.add("const fresh = 1;\n%nothing")).toEqual([]);
  expect(await notebook.add("new Map([[1, 'a']]).get(1)?.trim()")).toEqual([]);
  expect(await notebook.rules("fresh")).toEqual(["TS2304"]);
  expect(await notebook.add("interface Error { extra: 1 }; const e = {} as Error; e.extra")).toEqual([]);
});

test("a cell that is dropped gives names back what they meant before, and takes away what it added", async () => {
  await notebook.add("let x = 1");
  await notebook.add("let x = 'text'; let fresh = 1; declare global { var added: number }");
  expect(await notebook.add("x.trim(); fresh + added")).toEqual([]);
  notebook.checker.dropCell(2);
  expect(await notebook.rules("x.toFixed(); fresh; added")).toEqual(["TS2304", "TS2304"]);
});

test("an addition to the global scope is no name, and holds in all later cells", async () => {
  await notebook.add("declare global { var added: number; interface Array<T> { second(): T } }");
  expect(await notebook.rules("[added].second().toFixed(); global.setTimeout; added.foo")).toEqual(["TS2339"]);
});

test("a cell that is only remembered starts no process, and later cells know it", async () => {
  notebook.checker.rememberCell({ count: 1, code: "const x = 1" });
  expect(notebook.checker.pid).toBeUndefined();
  expect(await notebook.rules("x.foo")).toEqual(["TS2339"]);
});

test("two hundred cells keep what each declared", async () => {
  for (let number = 0; number < 200; number++) {
    expect(
      await notebook.add(`const v${number} = ${number > 0 ? `v${number - 1} + 1` : 0}; let last = v${number}`),
    ).toEqual([]);
  }
  expect(await notebook.rules("v0.toFixed() + v199.toFixed() + last.toFixed(); v120.foo")).toEqual(["TS2339"]);
}, 60_000);

test("a TypeScript file beside the notebook has its types, also after it was changed", async () => {
  notebook.write("shapes.ts", "export const side: number = 2;\n");
  expect(await notebook.rules("import { side } from './shapes.ts'; side.foo")).toEqual(["TS2339"]);
  notebook.write("shapes.ts", "export const side = 'two of them';\n");
  expect(await notebook.add("side.trim()")).toEqual([]);
  expect(await notebook.rules("import { side as other } from './shapes.ts'; other.toFixed()")).toEqual(["TS2551"]);
});

test("a module that was not there is found once it is", async () => {
  expect(await notebook.rules("import { late } from './late.ts'")).toEqual(["TS2307"]);
  expect(await notebook.add("import { sep } from 'node:path'")).toEqual([]);
  notebook.write("late.ts", "export const late = 1;\n");
  expect(await notebook.rules("import { late } from './late.ts'; late.foo")).toEqual(["TS2339"]);
});

test("in another folder than the notebook's, modules that are not beside the notebook are no finding", async () => {
  const cell = 'import { there } from "./there.ts"; there.anything; const n: number = "no"';
  expect(await notebook.rules(cell)).toEqual(["TS2307", "TS2322"]);
  notebook.workingFolder = join(notebook.folder, "sub");
  expect(await notebook.rules(cell)).toEqual(["TS2322"]);
});

test("packages are looked up from the notebook's folder, by their exports", async () => {
  const folder = join(notebook.folder, "node_modules/shapes");
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: "shapes",
    type: "module",
    exports: { "./square": { types: "./s.d.ts", default: "./s.js" } },
  };
  notebook.write("node_modules/shapes/package.json", JSON.stringify(manifest));
  notebook.write("node_modules/shapes/s.d.ts", "export declare function area(side: number): number;\n");
  expect(await notebook.rules("import { area } from 'shapes/square'; area('x')")).toEqual(["TS2345"]);
  expect(await notebook.rules("import { area as hidden } from 'shapes/s.js'")).toEqual(["TS2307"]);
});

test("a tsconfig of the folder is respected as far as it is about types", async () => {
  const compilerOptions = {
    strictNullChecks: false,
    noUnusedLocals: true,
    lib: ["es5"],
    paths: { "@/*": ["./lib/*"] },
  };
  notebook.write("tsconfig.json", JSON.stringify({ compilerOptions }));
  mkdirSync(join(notebook.folder, "lib"));
  notebook.write("lib/a.ts", "export const a = 1;\n");
  expect(await notebook.rules("import { a } from '@/a'; const t: string = null; [a].at(-1); a.foo")).toEqual([
    "TS2339",
  ]);
});

test("nothing is written into the notebook's folder", async () => {
  await notebook.add("const x = 1");
  await notebook.names("x.|");
  expect(readdirSync(notebook.folder)).toEqual([]);
});
