import { installedKernel, KernelClient, type Published } from "../support/kernel-client.js";

let installed: ReturnType<typeof installedKernel>;
let kernel: KernelClient;

beforeAll(async () => {
  installed = installedKernel();
  kernel = KernelClient.start(installed.env);
  await kernel.call("start");
  await kernel.execute("var kept = 42");
});

afterAll(async () => {
  await kernel.stop();
  installed.remove();
});

/** Each prints when the hostile part begins. */
const hostile: [string, string][] = [
  ["a loop", "console.log(1); for (;;) {}"],
  ["a loop after an await", "await new Promise((done) => setTimeout(done, 10)); console.log(1); for (;;) {}"],
  ["an await that never ends", "console.log(1); await new Promise(() => {})"],
  ["a loop of promise jobs", "console.log(1); for (;;) await null"],
  ["a loop that swallows errors", "console.log(1); for (;;) { try { for (;;) {} } catch {} finally { continue } }"],
  ["a regular expression that backtracks", 'console.log(1); /(a+)+$/.test("a".repeat(40) + "b")'],
  ["a loop in a timer", "setTimeout(() => { console.log(1); for (;;) {} }); await new Promise(() => {})"],
  ["a sleep in native code", "console.log(1); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)"],
  ["a flood of text", 'for (;;) console.log("x".repeat(200))'],
];

test.each(hostile)("%s is stopped and the state is kept", async (_what, code) => {
  const { id, interrupt, answer } = await interrupted(code);
  expect(interrupt.reply?.content).toEqual({ status: "ok" });
  expect(answer.reply?.content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  const errors = answer.iopub.filter(({ type }) => type === "error");
  expect(errors).toMatchObject([{ parent: id, content: { ename: "KeyboardInterrupt" } }]);
  expect(await resultOf("kept + 1")).toBe("43");
});

test("cells that wait behind an interrupted one do not run", async () => {
  const { answer, waiting } = await interrupted("console.log(1); for (;;) {}", "var wasRun = true");
  expect(answer.reply?.content.ename).toBe("KeyboardInterrupt");
  expect(waiting?.reply?.content).toMatchObject({ status: "error", ename: "Aborted" });
  expect(await resultOf("typeof wasRun")).toBe("'undefined'");
});

test("the tasks of an interrupted cell are cancelled", async () => {
  const code = "const spin = delayed(() => { for (;;) {} }); await compute(spin(), spin())";
  const { answer } = await interrupted(code, undefined, "display_data");
  expect(answer.reply?.content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  // The workers are free again: they are replaced when the grace of a cancelled task is over.
  expect(await resultOf("await delayed(() => 5)().compute()")).toBe("5");
});

test("an interrupt between cells changes nothing", async () => {
  const answer = await kernel.call<{ reply: Published }>("interrupt");
  expect(answer.reply.content).toEqual({ status: "ok" });
  expect(await resultOf("kept")).toBe("42");
});

/** Starts a cell, and one behind it, and interrupts the first when its sign is published. */
async function interrupted(code: string, behind?: string, sign = "stream") {
  const id = await kernel.send(code);
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
