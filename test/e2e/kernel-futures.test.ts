import { installedKernel, KernelClient, type Published } from "../support/kernel-client.js";

let installed: ReturnType<typeof installedKernel>;
let kernel: KernelClient;

beforeAll(async () => {
  installed = installedKernel();
  kernel = KernelClient.start(installed.env);
  await kernel.call("start");
  await kernel.execute('import { submit, submitWith, map, gather, wait, asCompleted } from "dagbook"');
});

afterAll(async () => {
  await kernel.stop();
  installed.remove();
});

/** The last text that a cell shows as its result. */
const resultOf = (iopub: readonly Published[]) =>
  iopub
    .filter(({ type }) => type === "execute_result")
    .map(({ content }) => (content.data as { "text/plain": string })["text/plain"]);
const shownBy = (iopub: readonly Published[]) => iopub.filter(({ type }) => type === "display_data");
const clean = (content: unknown) => JSON.stringify(content);

test("a future goes on between cells and shows itself with its state", async () => {
  const first = await kernel.execute(
    "function slow(n) { const end = Date.now() + 50; while (Date.now() < end); return n }\nvar held = submit(slow, 7); held",
  );
  expect(resultOf(first.iopub)).toEqual(["Future slow-1: pending (await .result() gives the value)"]);
  const second = await kernel.execute("await held.result()");
  expect(resultOf(second.iopub)).toEqual(["7"]);
  const third = await kernel.execute("held");
  expect(resultOf(third.iopub)).toEqual(["Future slow-1: finished, number (await .result() gives the value)"]);
});

test("a run of futures has a live view with its title, and none with progress: false", async () => {
  const shown = await kernel.execute("await gather(map((n) => n + 1, [1, 2, 3]))");
  expect(resultOf(shown.iopub)).toEqual(["[ 2, 3, 4 ]"]);
  expect(shownBy(shown.iopub)).toHaveLength(1);
  expect(clean(shownBy(shown.iopub))).toContain("map task × 3");
  const quiet = await kernel.execute("await submitWith({ progress: false }, (n) => n, 5).result()");
  expect([resultOf(quiet.iopub), shownBy(quiet.iopub)]).toEqual([["5"], []]);
});

test("a busy future is cancelled from the next cell", async () => {
  await kernel.execute("var endless = submit(function endless() { for (;;); })");
  const cell = "endless.cancel('enough'); await endless.result()";
  expect((await kernel.execute(cell)).reply?.content).toMatchObject({
    ename: "CancelledError",
    evalue: expect.stringContaining("was cancelled: enough"),
  });
  expect(resultOf((await kernel.execute("await submit((n) => n, 1).result()")).iopub)).toEqual(["1"]);
});

test("Stop ends the cell and the futures that it submitted", async () => {
  const loop = 'function loop() { console.log("begun"); for (;;); }';
  const id = await kernel.send(`${loop}\nvar stopped = submit(loop); await stopped.result()`);
  await kernel.call("await_published", { type: "stream" });
  await kernel.request("control", "interrupt_request");
  expect((await kernel.collect(id)).reply?.content).toMatchObject({ ename: "KeyboardInterrupt" });
  const status = await kernel.execute("await wait([stopped]); stopped.status");
  expect(resultOf(status.iopub)).toEqual(["'cancelled'"]);
});

test("what the cell needs of a failed future is its error, with the line", async () => {
  const cell = 'const bad = submit(function bad() {\n  throw new RangeError("no");\n});\nawait bad.result()';
  const { reply } = await kernel.execute(cell);
  expect(reply?.content).toMatchObject({ ename: "TaskError", evalue: expect.stringContaining("RangeError: no") });
});
