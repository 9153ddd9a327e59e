import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { CheckedNotebook } from "../../../support/checked-notebook.js";

let notebook: CheckedNotebook;
afterEach(() => notebook.close());

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Who started it may have ended before: then nobody asks how it ended, and its number stays.
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

test("no process runs before it is needed, and its memory is told when it does", async () => {
  notebook = new CheckedNotebook();
  expect([notebook.checker.pid, notebook.checker.memory]).toEqual([undefined, undefined]);
  await notebook.add("const x = 1");
  expect(isAlive(notebook.checker.pid!)).toBe(true);
  if (process.platform === "linux") expect(notebook.checker.memory).toBeGreaterThan(2 ** 20);
});

test("after its process was killed the next answer knows all cells before", async () => {
  notebook = new CheckedNotebook();
  await notebook.add("let x = 1");
  const before = notebook.checker.pid!;
  process.kill(before, "SIGKILL");
  expect(await notebook.add("x = 'no'")).toEqual(["TS2322 1:1 Type 'string' is not assignable to type 'number'."]);
  expect(notebook.checker.pid).not.toBe(before);
  process.kill(notebook.checker.pid!, "SIGKILL");
  expect(await notebook.names("x.toFi|")).toEqual(["toFixed"]);
  expect(notebook.logged).toEqual([]);
});

test("questions at the same time are answered each", async () => {
  notebook = new CheckedNotebook();
  const answers = await Promise.all([
    notebook.rules("let x = 1"),
    notebook.rules("x = 'no'"),
    notebook.names("x.toFi|"),
    notebook.rules("x.foo"),
    notebook.inspect("x|"),
  ]);
  expect(answers).toMatchObject([[], ["TS2322"], ["toFixed"], ["TS2339"], { signature: "let x: number" }]);
});

test("without the native program every answer is empty, and the log says so once", async () => {
  notebook = new CheckedNotebook("/nowhere/tsc");
  expect(await notebook.add("const x: string = 1")).toEqual([]);
  expect(await notebook.complete("x.|")).toBeUndefined();
  expect(await notebook.inspect("x|")).toBeUndefined();
  expect(notebook.logged).toEqual([expect.stringMatching(/^no types for 5 minutes, cells run all the same: .*ENOENT/)]);
});

test("a program that is no checker is not started forever", async () => {
  notebook = new CheckedNotebook("/bin/false");
  expect(await notebook.add("const x: string = 1")).toEqual([]);
  expect(await notebook.add("const y: string = 1")).toEqual([]);
  expect(await notebook.add("const z: string = 1")).toEqual([]);
  expect(notebook.logged).toHaveLength(1);
});

test("a thread with an idle checker ends by itself, and its process with it", async () => {
  notebook = new CheckedNotebook();
  const built = new URL("../../../../kernel/dist/session/types/native-checker.js", import.meta.url);
  const worker = new Worker(
    `const { parentPort } = require("node:worker_threads");
    import(${JSON.stringify(built.href)}).then(async ({ createTypeChecker }) => {
      const checker = createTypeChecker({ folder: ${JSON.stringify(notebook.folder)}, log: () => undefined });
      const found = await checker.addCell({ count: 1, code: "const a: string = 1" });
      parentPort.postMessage({ pid: checker.pid, rules: found.map(({ code }) => code) });
    });`,
    { eval: true },
  );
  const [[{ pid, rules }]] = await Promise.all([once(worker, "message"), once(worker, "exit")]);
  expect(rules).toEqual([2322]);
  while (isAlive(pid)) await setImmediate();
});

test("close ends the process at once, and who waits gets an empty answer", async () => {
  notebook = new CheckedNotebook();
  await notebook.add("let x = 1");
  const pid = notebook.checker.pid!;
  const answer = notebook.add("x = 'no'");
  notebook.checker.close();
  expect(await answer).toEqual([]);
  while (isAlive(pid)) await setImmediate();
  expect(await notebook.names("x.|")).toEqual([]);
  expect(notebook.logged).toEqual([]);
});

test("a process that dies while it is written to is an end like any other", async () => {
  notebook = new CheckedNotebook();
  await notebook.add("let x = 1");
  // More than a pipe holds, so that some of it is still to be written when the process dies.
  const answer = notebook.add(`const text = "${"y".repeat(1 << 20)}"; const wrong: string = 1`);
  process.kill(notebook.checker.pid!, "SIGKILL");
  expect(await answer).toEqual([expect.stringMatching(/^TS2322 /)]);
  expect(notebook.logged).toEqual([]);
});
