import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

// One notebook, top to bottom: later cells use what earlier ones bound.
const notebook: readonly (readonly [cell: string, text: string | undefined])[] = [
  ["let x = 1; function f() { return x }; f()", "1"],
  ["x = 5; x", "5"],
  ["f()", "5"],
  ['let x = "s"; x', "'s'"],
  ["class A { v = 1 }; new A().v", "1"],
  ["class A { w = 2 }; new A().w", "2"],
  ['import { join } from "path"; join("a", "b")', "'a/b'"],
  ['join("c", "d")', "'c/d'"],
  ['import fs, * as fsns from "node:fs"; typeof fs.readFileSync + typeof fsns.readFileSync', "'functionfunction'"],
  ["const { a, ...rest } = await Promise.resolve({ a: 1, b: 2 }); rest.b", "2"],
  ["rest.b + a", "3"],
  ["for await (const q of [1, 2]) globalThis.qq = q; qq", "2"],
  ["enum E { A, B }; E.B", "1"],
  ["E.A", "0"],
  ["export const ex = 3; ex", "3"],
  ["async function later() { return 9 }; await later()", "9"],
  ["later().then(v => v)", "Promise { 9 }"],
  ["import.meta.url", `'file://${session.folder}/cell-18.ts'`],
  ['using r = { [Symbol.dispose ?? Symbol.for("d")]() {} }; 1', "1"],
  [
    'let after = 1; throw new Error("p")',
    'Error: p\ncell-20.ts:1:22\n> 1 | let after = 1; throw new Error("p")\n    |                      ^',
  ],
  ["after", "1"],
  ["if (true) { 42 }", "42"],
  ["({a: 1}).a", "1"],
  ["await 1; if (true) { 43 }", "43"],
  ["label: for (;;) { break label } 7", "7"],
  ["var [p, , q = 3] = [1, 2]; p + q", "4"],
  ['await import("node:os").then(m => typeof m.cpus)', "'function'"],
];

test("cells of one notebook see each other's names and give the value of their last statement", async () => {
  const shown: (readonly [string, string | undefined])[] = [];
  for (const [cell] of notebook) shown.push([cell, await session.show(cell)]);
  expect(shown).toEqual(notebook);
});

test("a cell that ends in a declaration, a loop or nothing has no result", async () => {
  for (const cell of [
    "",
    "// note",
    "5; let y = 1",
    "5; for (;;) break",
    "5; class K {}",
    "await 0; 5; function g() {}",
  ]) {
    expect((await session.run(cell)).outcome).toEqual({ status: "ok", result: undefined });
  }
});

test("a promise is shown as it is, in a cell with await too", async () => {
  expect(await session.show("new Promise(() => {})")).toBe("Promise { <pending> }");
  expect(await session.show("await 0; new Promise(() => {})")).toBe("Promise { <pending> }");
});

test("a declaration may be repeated with another kind and loses its old value", async () => {
  await session.run("const twice = 1; let counter = 7; enum Colour { Red, Green }");
  expect(await session.show("function twice() { return 2 }; let counter; [twice(), counter]")).toBe("[ 2, undefined ]");
  expect(await session.show("enum Colour { Blue }; Object.keys(Colour)")).toBe("[ '0', 'Blue' ]");
  expect(await session.show("enum Size { S }\nenum Size { L = 5 }\n[Size.S, Size.L]")).toBe("[ 0, 5 ]");
});

test("a function calls the latest function of a name, also if both cells await", async () => {
  await session.run("await 0; function helper() { return 1 }; function main() { return helper() }");
  await session.run("await 0; function helper() { return 2 }");
  expect(await session.show("main()")).toBe("2");
});

test("variables of blocks and loops reach later cells only as the language has it", async () => {
  await session.run("await 0; for (var i = 0, n; i < 3; i++) {} if (i) { var inner = i; let hidden = 1 }");
  expect(await session.show("[i, n, inner, typeof hidden]")).toBe("[ 3, undefined, 3, 'undefined' ]");
  await session.run("for (var [key] of [[await 8]]) {}");
  expect(await session.show("key")).toBe("8");
});

test("a name that Node binds read-only can be bound by a cell", async () => {
  expect(await session.show('import crypto from "node:crypto"; typeof crypto.createHash')).toBe("'function'");
  expect(await session.show("const performance = 1; performance")).toBe("1");
});

test("cells are strict: an assignment to a name that nobody declared is an error", async () => {
  expect(await session.show("undeclared = 1")).toMatch(/^ReferenceError: undeclared is not defined/);
});

test("`using` disposes at the end of the cell, in reverse order, also after an await", async () => {
  const resource = (name: string) => `{ [Symbol.dispose]() { log.push("${name}") } }`;
  await session.run(`const log: string[] = []; using one = ${resource("one")}; using two = ${resource("two")}; log`);
  expect(await session.show("log")).toBe("[ 'two', 'one' ]");
  await session.run(`await using three = ${resource("three")}; await 0`);
  expect(await session.show("log.at(-1)")).toBe("'three'");
  expect(await session.show("using four = {}; 1")).toMatch(/needs a method \[Symbol\.dispose\]/);
});

test("TypeScript's own syntax runs: parameter properties, namespaces, decorators, satisfies", async () => {
  const code = `
    function twice(target: object, key: string, method: PropertyDescriptor) {
      const { value } = method; method.value = function () { return value.call(this) * 2 };
    }
    class Box<T extends number> { constructor(private readonly size: T) {} @twice area(): number { return this.size ** 2 } }
    namespace Units { export const factor = 10 }
    const options = { scale: 3 } satisfies { scale: number };
    new Box(3).area() * Units.factor + options.scale!`;
  expect(await session.show(code)).toBe("183");
});

test("an object literal is an object, a block with a semicolon is a block", async () => {
  expect(await session.show("{ a: 1, b: 2 }")).toBe("{ a: 1, b: 2 }");
  expect(await session.show("{ const t = 2; t * 2; }")).toBe("4");
});

test("default exports and re-exports run without binding an export", async () => {
  expect(await session.show("export default function named() { return 1 }\nnamed()")).toBe("1");
  expect(await session.show('export * from "node:os"; export { join as j } from "node:path"; 2')).toBe("2");
});

test("a cell too deep for the compiler is an error, not the end of the session", async () => {
  await session.run(`const sum = 1${"+1".repeat(50_000)}`);
  expect(await session.show("'alive'")).toBe("'alive'");
});

test("an anonymous function given to delayed takes the name of the variable and keeps its text", async () => {
  await session.run("var delayed = (fn) => fn");
  const cell = "const inc = delayed((x: number) => x + 1); [inc.name, String(inc), inc(1)]";
  const shown = "[ 'inc', '(x) => x + 1', 2 ]";
  expect(await session.show(cell)).toBe(shown);
  expect(await session.show(`await 0; ${cell}`)).toBe(shown);
  expect(await session.show("const own = delayed(function other() {}); own.name")).toBe("'other'");
});

test.each([
  ["const a = 1;\nconst Map = 3;", "cell-N.ts:2:7", "Map"],
  ["class Symbol {}", "cell-N.ts:1:7", "Symbol"],
  ["import { Map, List } from 'immutable'", "cell-N.ts:1:10", "Map"],
  ["let { Date } = { Date: 1 }", "cell-N.ts:1:7", "Date"],
])("%p, which would take a built-in from the kernel, is refused at its place", async (cell, place, name) => {
  const [message, where] = (await session.show(cell))?.split("\n") ?? [];
  expect(message).toBe(
    `SyntaxError: ${name} is a built-in that the kernel needs itself: choose another name ` +
      `(import { ${name} as Own${name} }), or declare it inside a block { }`,
  );
  expect(where).toBe(place.replace("N", String(session.count)));
  expect(await session.show("{ const Map = 1; console.log(Map) } new Map([[1, 2]]).size")).toBe("1");
});
