import { installedKernel, isAlive, KernelClient } from "../support/kernel-client.js";

let installed: ReturnType<typeof installedKernel>;
let kernel: KernelClient;
let pid: number;

beforeAll(() => {
  installed = installedKernel();
});

afterAll(() => installed.remove());

beforeEach(async () => {
  kernel = KernelClient.start(installed.env);
  ({ pid } = await kernel.call<{ pid: number }>("start"));
});

test("a shutdown is answered, repeats restart, and ends the process with code 0", async () => {
  const { reply } = await kernel.call<{ reply: { content: object } }>("collect_shutdown", { restart: true });
  expect(reply.content).toEqual({ status: "ok", restart: true });
  expect(await kernel.call("exit_code")).toBe(0);
  await kernel.stop();
});

test("a shutdown ends the process also while a cell loops", async () => {
  await kernel.send("for (;;) {}");
  await kernel.call("await_published", { type: "execute_input" });
  await kernel.call("collect_shutdown", { restart: false });
  expect(await kernel.call("exit_code")).not.toBeNull();
  await kernel.stop();
});

test("a shutdown ends the process also while a task loops on its worker", async () => {
  await kernel.send("const spin = delayed(() => { for (;;) {} }); await spin().compute()");
  await kernel.call("await_published", { type: "display_data" });
  await kernel.call("collect_shutdown", { restart: false });
  expect(await kernel.call("exit_code")).toBe(0);
  await kernel.stop();
});

test("cells may give names of Node another meaning; the kernel goes on and ends as always", async () => {
  const cell = `
    const process = delayed((x: number) => x + 1);
    import { setTimeout, setImmediate } from "node:timers/promises";
    const performance = "good", name = "n", Buffer = undefined, URL = "u", structuredClone = 1, queueMicrotask = 2;
    setTimeout(1).then(() => { throw new Error("nobody catches this"); });
    await setTimeout(20);
    await process(1).compute()`;
  const { reply, iopub } = await kernel.execute(cell);
  expect(reply?.content.status).toBe("ok");
  expect(iopub.filter(({ type }) => type === "execute_result").map(({ content }) => content.data)).toEqual([
    { "text/plain": "2" },
  ]);
  expect(JSON.stringify(iopub)).toContain("nobody catches this");
  expect((await kernel.execute("console.log(name)")).reply?.content.status).toBe("ok");
  await kernel.call("collect_shutdown", { restart: false });
  expect(await kernel.call("exit_code")).toBe(0);
  await kernel.stop();
});

test.each([
  ["process.exit()", 0],
  ["process.exit(3)", 3],
  ["process.exitCode = 5; process.exit()", 5],
  ["setTimeout(() => process.exit(4)); await new Promise(() => {})", 4],
])("%s in a cell ends the process with its code, and the cell is answered", async (code, expected) => {
  const { reply, iopub } = await kernel.execute(code);
  expect(reply?.content).toMatchObject({
    status: "error",
    ename: "KernelExit",
    evalue: `The cell ended the kernel with exit code ${expected}`,
  });
  expect(iopub.at(-1)?.content).toEqual({ execution_state: "idle" });
  expect(await kernel.call("exit_code")).toBe(expected);
  await kernel.stop();
});

test("all that was printed before process.exit arrives, also what its listeners and children print", async () => {
  const cell = `
    import { execSync } from "node:child_process";
    process.on("exit", () => {
      console.log("listener");
      execSync("echo child of the listener", { stdio: "inherit" });
    });
    execSync("seq 1 2000", { stdio: "inherit" });
    for (let i = 0; i < 2000; i++) console.log("line " + i);
    process.exit(0)`;
  const { iopub } = await kernel.execute(cell);
  const printed = iopub.filter(({ type }) => type === "stream").map(({ content }) => content.text);
  const numbers = Array.from({ length: 2000 }, (_, i) => `${i + 1}\n`);
  const lines = Array.from({ length: 2000 }, (_, i) => `line ${i}\n`);
  expect(printed.join("")).toBe([...numbers, ...lines, "listener\nchild of the listener\n"].join(""));
  expect(await kernel.call("exit_code")).toBe(0);
  await kernel.stop();
});

test("SIGTERM ends the process with code 0, SIGINT does nothing", async () => {
  process.kill(pid, "SIGINT");
  expect((await kernel.execute("1")).reply?.content.status).toBe("ok");
  process.kill(pid, "SIGTERM");
  expect(await kernel.call("exit_code")).toBe(0);
  await kernel.stop();
});

test("a kernel whose server has died ends by itself, also while a cell loops", async () => {
  await kernel.send("for (;;) {}");
  await kernel.call("await_published", { type: "execute_input" });
  await kernel.kill();
  const patience = Date.now() + 10_000;
  while (isAlive(pid) && Date.now() < patience) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(isAlive(pid)).toBe(false);
});
