import { installedKernel, KernelClient, type Published } from "../support/kernel-client.js";

let installed: ReturnType<typeof installedKernel>;
let kernel: KernelClient;

beforeAll(async () => {
  installed = installedKernel();
  kernel = KernelClient.start(installed.env);
  await kernel.call("start");
  await kernel.execute('import fs from "node:fs"; import child from "node:child_process"; var kept = 42');
});

afterAll(async () => {
  await kernel.stop();
  installed.remove();
});

/** WebAssembly that loops: (func (export "f") (loop (br 0))). */
const wasm = "0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11";
const never = "await new Promise(() => {})";
const loop = "console.log(1); for (;;) {}";

/** Each prints when the hostile part begins. */
const hostile: [string, string][] = [
  ["a loop", loop],
  ["a loop after an await", `await new Promise((done) => setTimeout(done, 10)); ${loop}`],
  ["an await that never ends", `console.log(1); ${never}`],
  ["a loop of promise jobs", "console.log(1); for (;;) await null"],
  ["a loop that catches errors", "console.log(1); for (;;) { try { for (;;) {} } catch {} }"],
  ["a loop that goes on in finally", "console.log(1); for (;;) { try { for (;;) {} } finally { continue } }"],
  ["a regular expression that backtracks", 'console.log(1); /(a+)+$/.test("a".repeat(40) + "b")'],
  ["a loop in a timer", `setTimeout(() => { ${loop} }); ${never}`],
  ["a loop in a promise job", `Promise.resolve().then(() => { ${loop} }); ${never}`],
  ["a loop in process.nextTick", `process.nextTick(() => { ${loop} }); ${never}`],
  ["a loop in setImmediate", `setImmediate(() => { ${loop} }); ${never}`],
  ["a loop in a callback of fs", `fs.stat("/", () => { ${loop} }); ${never}`],
  [
    "JSON.stringify of 1,000,000 objects",
    "var big = Array.from({ length: 1e6 }, (_, i) => ({ i })); console.log(1); for (;;) JSON.stringify(big)",
  ],
  ["a loop of synchronous file calls", 'console.log(1); for (;;) fs.statSync("/")'],
  ["a sleep in native code", "console.log(1); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)"],
  [
    "a loop in WebAssembly",
    `console.log(1); new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([${wasm}]))).exports.f()`,
  ],
  ["execSync", 'console.log(1); child.execSync("sleep 60")'],
  ["a child that ignores SIGINT", `console.log(1); child.execSync("trap '' INT; sleep 60; sleep 60")`],
  ["spawnSync", 'console.log(1); child.spawnSync("sleep", ["60"]); console.log("went on")'],
  ["a loop of spawnSync", 'console.log(1); for (;;) child.spawnSync("sleep", ["60"])'],
  ["a command of the shell", "console.log(1)\n!sleep 60"],
  ["an input that nobody answers", 'console.log(1); await input("name? ")'],
  ["a prompt that nobody answers", 'console.log(1); prompt("name? ")'],
  ["a flood of text", 'for (;;) console.log("x".repeat(200))'],
  ["a flood of a child", 'console.log(1); child.execSync("yes", { stdio: "inherit" })'],
  ["a flood past Node's streams", 'for (;;) fs.writeSync(1, "abc\\n")'],
  ["a loop deep in a recursion", "const deep = (n) => { if (n) deep(n - 1); for (;;); }; console.log(1); deep(6000)"],
  ["a loop that swallows the interrupt", `console.log(1); for (;;) { try { ${never} } catch {} }`],
  [
    "a for await that never ends",
    "console.log(1); for await (const _ of (async function* () { for (;;) yield 1 })());",
  ],
];

test.each(hostile)("%s is stopped within a second and the state is kept", async (_what, code) => {
  const { id, interrupt, answer } = await interrupted(code);
  expect(interrupt.reply?.content).toEqual({ status: "ok" });
  expect(answer.reply?.content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  const errors = answer.iopub.filter(({ type }) => type === "error");
  expect(errors).toMatchObject([{ parent: id, content: { ename: "KeyboardInterrupt" } }]);
  expect(JSON.stringify(answer.iopub)).not.toContain("went on");
  expect(await resultOf("kept + 1")).toBe("43");
  // A second is what is promised; a machine that does much else may take longer.
  expect(interrupt.ms).toBeLessThan(4000);
});

test("a loop that begins after a cell has ended is stopped too", async () => {
  const published = kernel.execute(`setTimeout(() => { ${loop} }, 20)`);
  expect((await published).reply?.content.status).toBe("ok");
  await kernel.call("await_published", { type: "stream" });
  expect((await kernel.call<{ reply: Published }>("interrupt")).reply.content).toEqual({ status: "ok" });
  expect(await resultOf("kept")).toBe("42");
});

test("a cell that is interrupted in an await cleans up, and what it prints then is its output", async () => {
  const code = `console.log("begun"); try { ${never} } finally { console.log("cleaned up") }; console.log("no")`;
  const { id, answer } = await interrupted(code);
  expect(answer.reply?.content.ename).toBe("KeyboardInterrupt");
  const streams = answer.iopub.filter(({ type }) => type === "stream");
  expect(streams).toMatchObject([{ parent: id, content: { name: "stdout", text: "cleaned up\n" } }]);
});

test("cells that wait behind an interrupted one do not run", async () => {
  const { answer, waiting } = await interrupted(loop, "var wasRun = true");
  expect(answer.reply?.content.ename).toBe("KeyboardInterrupt");
  expect(waiting?.reply?.content).toMatchObject({ status: "error", ename: "Aborted" });
  expect(await resultOf("typeof wasRun")).toBe("'undefined'");
});

test.each(["await compute(spin(), spin())", "await spin().compute()"])(
  "the tasks of an interrupted cell are cancelled: %s",
  async (code) => {
    const { answer } = await interrupted(
      `var spin = delayed(() => { for (;;) {} }); ${code}`,
      undefined,
      "display_data",
    );
    expect(answer.reply?.content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    // The workers are free again: they are replaced when the grace of a cancelled task is over.
    expect(await resultOf("await delayed(() => 5)().compute()")).toBe("5");
  },
);

test("an expression that a client asks for is stopped too", async () => {
  const id = await kernel.send('console.log("ended")', { user_expressions: { endless: "(() => { for (;;); })()" } });
  await kernel.call("await_published", { type: "stream" });
  await kernel.call("interrupt");
  const { reply } = await kernel.collect(id);
  expect(reply?.content.user_expressions).toMatchObject({ endless: { status: "error", ename: "KeyboardInterrupt" } });
  expect(await resultOf("kept")).toBe("42");
});

test("an interrupt between cells changes nothing", async () => {
  const answer = await kernel.call<{ reply: Published }>("interrupt");
  expect(answer.reply.content).toEqual({ status: "ok" });
  expect(await resultOf("kept")).toBe("42");
});

test("60 interrupts in a row, each at another moment of a cell: every request is answered, the state is kept", async () => {
  const cells = [
    "for (;;) {}",
    "for (;;) await null",
    never,
    'for (;;) console.log("x")',
    "for (;;) await new Promise((done) => setTimeout(done))",
    'for (;;) fs.statSync("/")',
  ];
  const names = new Set<unknown>();
  for (let i = 0; i < 60; i++) {
    const id = await kernel.send(cells[i % cells.length]!);
    // From before the cell has begun to some milliseconds after.
    await new Promise((resolve) => setTimeout(resolve, i % 20));
    expect((await kernel.call<{ reply: Published }>("interrupt")).reply.content).toEqual({ status: "ok" });
    names.add((await kernel.collect(id)).reply?.content.ename);
  }
  names.delete("Aborted");
  expect([...names]).toEqual(["KeyboardInterrupt"]);
  expect(await resultOf("kept")).toBe("42");
});

/** Starts a cell, and one behind it, and interrupts the first when its sign is published. */
async function interrupted(code: string, behind?: string, sign = "stream") {
  const id = await kernel.send(code, { allow_stdin: true });
  const next = behind === undefined ? undefined : await kernel.send(behind);
  await kernel.call("await_published", { type: sign });
  const interrupt = await kernel.call<{ reply: Published | null; ms: number }>("interrupt");
  const answer = await kernel.collect(id);
  const waiting = next === undefined ? undefined : await kernel.collect(next);
  return { id, interrupt, answer, waiting };
}

async function resultOf(code: string): Promise<unknown> {
  const { iopub } = await kernel.execute(code);
  const result = iopub.find(({ type }) => type === "execute_result");
  return (result?.content.data as Record<string, unknown> | undefined)?.["text/plain"];
}
