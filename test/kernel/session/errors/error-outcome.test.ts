import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SessionClient } from "../../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

test("a traceback shows the user's TypeScript: place, lines around it, calls", async () => {
  const cell = `interface Shape { readonly sides: number }

function area<T extends Shape>(shape: T | undefined): number {
  return shape!.sides * 2;
}
const areas = [{ sides: 3 } as Shape, undefined].map((shape): number => area(shape));`;
  const { outcome } = await session.run(cell);
  const file = `cell-${session.count}.ts`;
  expect(outcome).toEqual({
    status: "error",
    ename: "TypeError",
    evalue: "Cannot read properties of undefined (reading 'sides')",
    traceback: [
      "\u001b[31mTypeError\u001b[39m: Cannot read properties of undefined (reading 'sides')",
      `\u001b[36m${file}:4:17\u001b[39m`,
      "  \u001b[2m3 |\u001b[22m function area<T extends Shape>(shape: T | undefined): number {",
      "\u001b[31m>\u001b[39m \u001b[2m4 |\u001b[22m   return shape!.sides * 2;",
      "  \u001b[2m  |\u001b[22m                 \u001b[31m^\u001b[39m",
      "  \u001b[2m5 |\u001b[22m }",
      `\u001b[2m    at area (${file}:4:17)\u001b[22m`,
      `\u001b[2m    at ${file}:6:73\u001b[22m`,
      "\u001b[2m    at Array.map (<anonymous>)\u001b[22m",
      `\u001b[2m    at ${file}:6:50\u001b[22m`,
    ],
  });
});

test("lines are right after an await and in a function of an earlier cell", async () => {
  await session.run('type Unused = 1;\n\nasync function deep() {\n  await null;\n  throw new RangeError("deep");\n}');
  const first = `cell-${session.count}.ts`;
  const shown = await session.show('import "node:os";\nconst n: number = 1;\nawait deep()');
  expect(shown).toBe(
    [
      "RangeError: deep",
      `${first}:5:9`,
      "  4 |   await null;",
      '> 5 |   throw new RangeError("deep");',
      "    |         ^",
      "  6 | }",
      `    at deep (${first}:5:9)`,
      `    at async cell-${session.count}.ts:3:1`,
    ].join("\n"),
  );
});

test("frames without a place are left out if there is no other", async () => {
  const cell =
    'const error = new Error("no place");\nerror.stack = "Error: no place\\n    at Array.map (<anonymous>)";\nthrow error;';
  expect(await session.show(cell)).toBe("Error: no place");
});

test("frames of the user's files stay, frames of the kernel and of Node go", async () => {
  writeFileSync(join(session.folder, "thrower.mjs"), 'export function fail() {\n  throw new Error("in a file");\n}\n');
  const shown = await session.show('import { fail } from "./thrower.mjs";\nfail()');
  const file = `cell-${session.count}.ts`;
  expect(shown).toBe(
    [
      "Error: in a file",
      `${session.folder}/thrower.mjs:2:9`,
      "  1 | export function fail() {",
      '> 2 |   throw new Error("in a file");',
      "    |         ^",
      "  3 | }",
      `${file}:2:1`,
      '  1 | import { fail } from "./thrower.mjs";',
      "> 2 | fail()",
      "    | ^",
      `    at fail (${session.folder}/thrower.mjs:2:9)`,
      `    at ${file}:2:1`,
    ].join("\n"),
  );
});

test("of a deep recursion the innermost ten calls are shown", async () => {
  const shown = await session.show(
    'function down(n: number): number { if (n === 0) throw new Error("end"); return down(n - 1) }\ndown(100)',
  );
  expect(shown!.split("\n").filter((line) => line.startsWith("    at down")).length).toBe(10);
});

test("causes and the errors of an AggregateError are shown, each once", async () => {
  const cell = `class LoadError extends Error {}
const inner = new LoadError("inner");
const outer = new AggregateError([inner, "text"], "outer", { cause: inner });
inner.cause = outer;
throw outer`;
  const shown = await session.show(cell);
  const titles = shown!.split("\n").filter((line) => /^(\w+Error|\[|Caused)/.test(line));
  expect(titles).toEqual(["AggregateError: outer", "[1 of 2] LoadError: inner", "[2 of 2] Uncaught: 'text'"]);
});

test("the name of an error is that of its class unless it sets one", async () => {
  const ename = async (code: string) => {
    const { outcome } = await session.run(code);
    return outcome.status === "error" ? [outcome.ename, outcome.evalue] : undefined;
  };
  expect(await ename('class Mine extends Error {}; throw new Mine("m")')).toEqual(["Mine", "m"]);
  expect(await ename('throw Object.assign(new Error("m"), { name: "Named" })')).toEqual(["Named", "m"]);
  expect(await ename('throw new DOMException("m", "AbortError")')).toEqual(["AbortError", "m"]);
});

test("anything may be thrown, also what fights back", async () => {
  const thrown: readonly (readonly [code: string, evalue: string])[] = [
    ["throw 1", "1"],
    ["throw null", "null"],
    ["throw undefined", "undefined"],
    ['throw "text"', "'text'"],
    ["throw { get message() { throw 1 }, get stack() { throw 2 } }", "{ message: [Getter], stack: [Getter] }"],
    ["throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } })", "{}"],
    ["throw { [Symbol.for('nodejs.util.inspect.custom')]() { throw 1 }, a: 1 }", ""],
  ];
  for (const [code, evalue] of thrown) {
    const { outcome } = await session.run(code);
    expect(outcome).toMatchObject({ status: "error", ename: "Uncaught", evalue: expect.stringContaining(evalue) });
  }
  await session.run(
    'const odd = new Error("m"); Object.defineProperty(odd, "stack", { get() { throw 1 } }); throw odd',
  );
  expect(await session.show("'still here'")).toBe("'still here'");
});

test("a syntax error points at the user's TypeScript, also behind letters of two bytes", async () => {
  expect(await session.show('const é: string = "ü";\nconst ö: number = ;')).toBe(
    [
      "SyntaxError: Unexpected token",
      `cell-${session.count}.ts:2:19`,
      '  1 | const é: string = "ü";',
      "> 2 | const ö: number = ;",
      "    |                   ^",
    ].join("\n"),
  );
  expect(await session.show("let a = 1; let a = 2")).toMatch(/^SyntaxError: Identifier `a` has already been declared/);
});

test("what only V8 refuses is a syntax error with its place too", async () => {
  expect(await session.show("interface Gone {}\nconst pattern: RegExp = /(/;")).toBe(
    [
      "SyntaxError: Invalid regular expression: /(/: Unterminated group",
      `cell-${session.count}.ts:2:25`,
      "  1 | interface Gone {}",
      "> 2 | const pattern: RegExp = /(/;",
      "    |                         ^",
    ].join("\n"),
  );
});

test("JSX is refused with the way out", async () => {
  expect(await session.show("const title = <b>hi</b>")).toMatch(/^SyntaxError: JSX is off: .*display\.html/);
});

test("stack traces that a cell prints have the user's lines and none of the kernel's", async () => {
  const code = 'type A = 1;\n\ntry {\n  throw new Error("caught");\n} catch (error) {\n  console.error(error);\n}';
  expect(await session.printed(code, "stderr")).toBe(`Error: caught\n    at cell-${session.count}.ts:4:9\n`);
  const shown = await session.show('type B = 1;\nObject.assign(new Error("value"), { code: 7 })');
  expect(shown).toBe(`Error: value\n    at cell-${session.count}.ts:2:15 {\n  code: 7\n}`);
});

test("errors of timers and forgotten promises are shown by the cell that ran last and end nothing", async () => {
  const cell = `setTimeout(() => { throw new Error("of a timer") }, 0);
Promise.reject(new Error("forgotten"));
await new Promise((done) => setTimeout(done, 10))`;
  const text = await session.printed(cell, "stderr");
  expect(text).toMatch(/Error.*: forgotten/);
  expect(text).toMatch(/Error.*: of a timer/);
  expect(await session.show("1")).toBe("1");
});

test("Error.prepareStackTrace belongs to user code", async () => {
  await session.run("Error.prepareStackTrace = () => 'replaced'");
  expect(await session.show("new Error('m').stack")).toBe("'replaced'");
  expect(await session.show('throw new Error("m")')).toBe("Error: m");
});
