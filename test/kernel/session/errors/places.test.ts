import { stripVTControlCharacters } from "node:util";
import { SessionClient } from "../../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

beforeAll(async () => {
  await session.run(`interface Options { deep: number }

function fail(options: Options): never {
  throw new Error("deep " + options.deep);
}
async function later(ms: number): Promise<void> {
  await new Promise<void>((done) => setTimeout(done, ms));
  fail({ deep: ms });
}
async function* failing(): AsyncGenerator<number> { yield 1; fail({ deep: 2 }) }`);
});

/** Lines of the calls, with `cell` for the file of the cell that was run. */
function calls(text: string | undefined): readonly string[] {
  const lines = stripVTControlCharacters(text ?? "")
    .split("\n")
    .filter((line) => /^ +at /.test(line));
  return lines.map((line) => line.trim().slice("at ".length).replaceAll(`cell-${session.count}.ts`, "cell"));
}

// A type in front moves the lines of the JavaScript that runs.
test.each([
  ["a call", "type A = 1;\nfail({ deep: 1 } as Options)", ["fail (cell-1.ts:4:9)", "cell:2:1"]],
  ["a call behind an await", "type A = 1; await 0;\n  fail({ deep: 1 })", ["fail (cell-1.ts:4:9)", "cell:2:3"]],
  ["an await", "type A = 1;\nawait later(1)", ["fail (cell-1.ts:4:9)", "later (cell-1.ts:8:3)", "async cell:2:1"]],
  [
    "an await inside of others",
    "const outer = async (): Promise<void> => {\n  await later(1);\n};\nawait Promise.all([outer()])",
    [
      "fail (cell-1.ts:4:9)",
      "later (cell-1.ts:8:3)",
      "async outer (cell:2:3)",
      "async Promise.all (index 0)",
      "async cell:4:1",
    ],
  ],
  [
    "a callback",
    "type A = 1;\n[1].map((x: number): never => {\n  return fail({ deep: x });\n})",
    ["fail (cell-1.ts:4:9)", "cell:3:10", "Array.map (<anonymous>)", "cell:2:5"],
  ],
  [
    "for await",
    "type A = 1;\nfor await (const v of failing()) { v }",
    ["fail (cell-1.ts:4:9)", "failing (cell-1.ts:10:62)", "failing.next (<anonymous>)", "cell:2:18"],
  ],
  [
    "a constructor",
    "class C<T> {\n  constructor(t: T) { fail({ deep: 1 }); }\n}\nnew C(1)",
    ["fail (cell-1.ts:4:9)", "new C (cell:2:23)", "cell:4:1"],
  ],
  [
    "eval",
    'type A = 1;\neval("fail({ deep: 1 })")',
    ["fail (cell-1.ts:4:9)", "eval (eval at <anonymous> (cell:2:1), <anonymous>:1:1)", "cell:2:1"],
  ],
])("the calls of %s are those of the cells, at their lines and columns", async (_, cell, expected) => {
  expect(calls(await session.show(cell))).toEqual(expected);
});

test.each([
  [
    "a timer",
    "type A = 1;\nsetTimeout(() => {\n  fail({ deep: 3 });\n});",
    ["fail (cell-1.ts:4:9)", "Timeout._onTimeout (cell:3:3)"],
  ],
  [
    "a forgotten promise",
    "type A = 1;\nvoid Promise.resolve().then(() =>\n  fail({ deep: 4 }));",
    ["fail (cell-1.ts:4:9)", "cell:3:3"],
  ],
  ["a microtask", "type A = 1;\nqueueMicrotask(() =>\n  fail({ deep: 5 }));", ["fail (cell-1.ts:4:9)", "cell:3:3"]],
])("an error of %s is printed with the calls of the cells", async (_, cell, expected) => {
  const text = await session.printed(`${cell}\nawait new Promise((done) => setTimeout(done, 50));`, "stderr");
  expect(calls(text)).toEqual(expected);
});

test("a stack that a cell prints or shows is that of the cells", async () => {
  const stack = ["fail (cell-1.ts:4:9)", "later (cell-1.ts:8:3)", "async cell:1:20"];
  expect(
    calls(await session.printed("try { await 0; await later(1) } catch (error) { console.log(error.stack) }")),
  ).toEqual([...stack.slice(0, 2), "async cell:1:16"]);
  expect(calls(await session.show("const caught = await later(1).catch((error) => error); caught"))).toEqual([
    ...stack.slice(0, 2),
    "async cell:1:16",
  ]);
});

test("what was thrown and is no error has its value for a message", async () => {
  expect(await session.show("throw { code: 5 }")).toBe("Uncaught: { code: 5 }");
  expect(await session.show("await Promise.reject(null)")).toBe("Uncaught: null");
});

test("neither the kernel nor what it adds to a cell is in any stack", async () => {
  for (const cell of [
    "await later(1)",
    "for await (const v of failing()) { v }",
    "await import('./missing.js')",
    "require('./missing')",
  ]) {
    expect(await session.show(cell)).not.toMatch(/__await__|__dagbook__|interruptible|kernel\/|node:internal/);
  }
});
