import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient("tslab");
afterAll(() => session.close());

test("the value of a cell is its result, not a print", async () => {
  const { outcome, outputs } = await session.run("const boat = { sails: 2 };\nboat");
  expect(outcome).toEqual({ status: "ok", result: { "text/plain": "{ sails: 2 }" } });
  expect(outputs).toEqual([]);
  expect(await session.show("undefined")).toBeUndefined();
  expect((await session.run("")).outcome).toEqual({ status: "ok", result: undefined });
});

test("prints come in order with the id of their cell, also after it has ended", async () => {
  const { outputs } = await session.run('console.log("a", { n: 1 }); console.error("b"); process.stdout.write("c")');
  const cell = `m${session.count}`;
  expect(outputs).toMatchObject([
    { type: "stream", cell, name: "stdout", text: "a { n: 1 }\n" },
    { type: "stream", cell, name: "stderr", text: "b\n" },
    { type: "stream", cell, name: "stdout", text: "c" },
  ]);
});

test("a type error refuses the cell with each place, as tslab does", async () => {
  const shown = await session.show('console.log("not run");\nconst wrong: number = "text";\nboat.oars;');
  expect(shown).toContain("TypeCheckError: Type 'string' is not assignable to type 'number'. (TS2322)");
  expect(shown).toContain(`cell-${session.count}.ts:2:7`);
  expect(shown).toContain("> 2 | const wrong");
  expect(shown).toMatch(/Property 'oars' does not exist .*\(TS2339\)\ncell-\d+\.ts:3:6/);
  expect((await session.run("const a: number = 's'; const b: number = 't'")).outcome).toMatchObject({
    status: "error",
    ename: "TypeCheckError",
    evalue: "Type 'string' is not assignable to type 'number'. (and 1 more)",
  });
});

test("what cannot be parsed is a syntax error with its place", async () => {
  const { outcome } = await session.run("const = 1");
  expect(outcome).toMatchObject({ status: "error", ename: "SyntaxError" });
});

test("what a cell throws is its error, and the next cell runs", async () => {
  const { outcome } = await session.run('throw new RangeError("too far")');
  expect(outcome).toMatchObject({ status: "error", ename: "RangeError", evalue: "too far" });
  expect(outcome.status === "error" && outcome.traceback.join("\n")).not.toContain("tslab/dist");
  expect((await session.run('throw "a text"')).outcome).toMatchObject({ status: "error", evalue: "'a text'" });
  expect(await session.show("40 + 2")).toBe("42");
});

test("cells await, and names stay", async () => {
  expect(
    await session.show('const late = await new Promise<string>((done) => setTimeout(done, 1, "late")); late'),
  ).toBe("'late'");
  expect(await session.show("late.length")).toBe("4");
});

test("a function sees the names of its own cell as they were there: tslab's scope", async () => {
  await session.run("let x = 1; function readX() { return x }");
  await session.run("x = 5");
  expect(await session.show("[x, readX()]")).toBe("[ 5, 1 ]");
});

test("tslab's display shows in the cell, and an update replaces it", async () => {
  const { outputs } = await session.run(`import * as tslab from "tslab";
tslab.display.html("<b>bold</b>");
const spot = tslab.newDisplay();
spot.text("one");
spot.text("two");`);
  const cell = `m${session.count}`;
  expect(outputs).toMatchObject([
    { type: "display", cell, data: { "text/html": "<b>bold</b>" }, update: false },
    { type: "display", cell, data: { "text/plain": "one" }, update: false },
    { type: "display", cell, data: { "text/plain": "two" }, update: true },
  ]);
  const [, first, second] = outputs.map((output) => (output.type === "display" ? output.displayId : undefined));
  expect(first).toEqual(expect.any(String));
  expect(second).toBe(first);
});

test("imports are looked up from the folder of the notebook", async () => {
  writeFileSync(join(session.folder, "seven.js"), "exports.seven = 7;\n");
  writeFileSync(join(session.folder, "seven.d.ts"), "export const seven: number;\n");
  expect(await session.show('import { seven } from "./seven"; seven')).toBe("7");
});

const stopped: readonly (readonly [title: string, code: string])[] = [
  ["a loop", "(globalThis as any).stop(); while (true) {}"],
  ["an await that never ends", "(globalThis as any).stop(); await new Promise(() => {})"],
  ["a loop after an await", "await null; (globalThis as any).stop(); while (true) {}"],
];

test.each(stopped)("an interrupt ends %s and what was bound before stays", async (_, code) => {
  await session.run("const kept = 41");
  expect((await session.run(code)).outcome).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  expect(await session.show("kept + 1")).toBe("42");
});

test("a cell that waits for another one is interrupted without having run", async () => {
  const first = await session.start("await new Promise((done) => ((globalThis as any).go = done)); 1");
  const second = await session.start('console.log("ran")');
  await session.interrupt(second.cell);
  expect(await second.ended).toMatchObject({ ename: "KeyboardInterrupt" });
  await session.interrupt(first.cell);
  expect(await first.ended).toMatchObject({ ename: "KeyboardInterrupt" });
  expect(await session.printedBy(second.cell)).toBe("");
});

test("completion and help come from the types, with places in code points", async () => {
  await session.run("const fleet = { boats: 3, bays: 2 }");
  expect(await session.complete('"😀"; fleet.b')).toEqual({
    entries: [
      { text: "bays", type: "property" },
      { text: "boats", type: "property" },
    ],
    cursorStart: 11,
    cursorEnd: 12,
  });
  const help = await session.inspect('"😀"; fleet', 9);
  expect(help).toMatchObject({ found: true, data: { "text/plain": expect.stringContaining("const fleet") } });
  expect(await session.inspect("   ", 1)).toEqual({ found: false });
});

test("more lines are asked for while a cell is not complete", async () => {
  expect(await session.isComplete("const a = 1")).toEqual({ status: "complete" });
  expect(await session.isComplete("function f() {")).toMatchObject({ status: "incomplete" });
});

test("expressions of a client are evaluated as cells are", async () => {
  await session.run("const answer = 42");
  expect(await session.evaluate({ good: "answer + 1", bad: "nowhere" })).toMatchObject({
    good: { status: "ok", data: { "text/plain": "43" } },
    bad: { status: "error", ename: "TypeCheckError" },
  });
});
