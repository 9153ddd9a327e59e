import { CheckedNotebook } from "../../../support/checked-notebook.js";

let notebook: CheckedNotebook;
beforeAll(async () => {
  notebook = new CheckedNotebook();
  notebook.write(
    "shapes.ts",
    "/** The area of a square. */\nexport function area(side: number): number { return side ** 2 }\n",
  );
  expect(
    await notebook.add(`
/**
 * Adds two numbers, see {@link minus}.
 * @param a the first one
 * @returns their sum
 * @example plus(1, 2) // 3
 */
function plus(a: number, b = 2): number { return a + b }
/** Takes away. */
const minus = (a: number, b: number) => a - b;
/** The best one. */
let dog: Dog | undefined;
class Dog {
  /** What it is called by. */
  name = "Rex";
  constructor(readonly age: number) {}
  bark(times: number): void {}
}
interface Row { id: number }
type Pair = readonly [Row, Row];
enum Color { Red, Green }
function over(a: string): string;
function over(a: number): number;
function over(a: unknown) { return a }
import { area } from "./shapes.ts";`),
  ).toEqual([]);
});
afterAll(() => notebook.close());

test("a function has its signature and the tags of its comment as Markdown", async () => {
  expect(await notebook.inspect("1 + pl|us(3)")).toEqual({
    signature: "function plus(a: number, b?: number): number",
    documentation:
      "Adds two numbers, see minus.\n\n*@param* `a` – the first one\n\n*@returns* their sum\n\n*@example*\n\n```ts\nplus(1, 2) // 3\n```",
    cursorStart: 4,
    cursorEnd: 8,
  });
});

test("in its parentheses the function is meant", async () => {
  expect(await notebook.inspect("plus(1, |")).toMatchObject({ cursorStart: 0, cursorEnd: 4 });
});

test.each([
  ["mi|nus", "const minus: (a: number, b: number) => number", "Takes away."],
  ["do|g", "let dog: Dog | undefined", "The best one."],
  ["new Dog(1).na|me", "(property) Dog.name: string", "What it is called by."],
  ["new Dog(1).ba|rk", "(method) Dog.bark(times: number): void", ""],
  ["Do|g", "class Dog\nnew Dog(age: number): Dog", ""],
  ["let r: Ro|w", "interface Row", ""],
  ["let p: Pa|ir", "type Pair = readonly [Row, Row]", ""],
  ["Co|lor", "enum Color", ""],
  ["Color.Re|d", "(enum member) Color.Red", ""],
  ["over|", "function over(a: string): string\nfunction over(a: number): number", ""],
  ["ar|ea(2)", "function area(side: number): number", "The area of a square."],
  ["[new Dog(2)].map((pup) => pu|p)", "(variable) pup: Dog", ""],
  ["import * as fs from 'node:fs'; f|s", '(module) fs: typeof import("node:fs")', ""],
])("%s is described", async (code, signature, documentation) => {
  expect(await notebook.inspect(code)).toMatchObject({ signature, documentation });
});

test("a name of dagbook or of Node has its documentation", async () => {
  const compute = await notebook.inspect("comp|ute");
  expect(compute?.signature).toMatch(/^function compute</);
  expect(compute?.documentation).toContain("The values with every collection replaced by its result");
  expect((await notebook.inspect("console.lo|g"))?.documentation).toContain("Prints to `stdout`");
});

test("a narrowed variable has its type at the place", async () => {
  expect(await notebook.inspect("if (dog) { do|g.name }")).toMatchObject({ signature: "let dog: Dog" });
});

test.each([["not|hing"], ["1 + 2|"], ["// plu|s"], ["'plu|s'"], ["|"]])("types are silent at %s", async (code) => {
  expect(await notebook.inspect(code)).toBeUndefined();
});

test("places count emoji once", async () => {
  expect(await notebook.inspect("'🐕'; pl|us")).toMatchObject({ cursorStart: 5, cursorEnd: 9 });
});
