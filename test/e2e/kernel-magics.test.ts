import { installedKernel, KernelClient } from "../support/kernel-client.js";

const installed = installedKernel();
const kernel = KernelClient.start(installed.env);
beforeAll(() => kernel.call("start"));
afterAll(async () => {
  await kernel.stop();
  installed.remove();
});

test("tasks see a variable that %env sets after their workers have started", async () => {
  await kernel.execute('const read = delayed(() => process.env.LATE ?? "unset")');
  expect(await resultOf("await compute(read())")).toBe("[ 'unset' ]");
  expect(await resultOf("%env LATE=set\nawait compute(read())")).toBe("[ 'set' ]");
});

test("%who lists what cells have bound, nothing of the kernel", async () => {
  await kernel.execute("const boat = 1");
  const { iopub } = await kernel.execute("%who");
  const listed = iopub.map(({ content }) => String(content.text ?? "")).join("");
  expect(listed.trim().split(/\s+/).sort()).toEqual(["boat", "read"]);
});

test("Stop at a prompt ends the cell there, and what it cleans up runs", async () => {
  const asking = 'console.log("asks"); const got = prompt("?"); console.log("went on", got)';
  for (const code of [asking, `try { ${asking} } finally { console.log("cleaned up") }`]) {
    const id = await kernel.send(code, { allow_stdin: true });
    await kernel.call("await_published", { type: "stream" });
    await kernel.call("interrupt");
    const { reply, iopub } = await kernel.collect(id);
    expect(reply?.content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    expect(iopub.map(({ content }) => String(content.text ?? "")).join("")).not.toContain("went on");
  }
  expect(await resultOf('"next"')).toBe("'next'");
});

test("with strict types a cell with errors does not run", async () => {
  await kernel.execute("%types strict");
  const { reply, iopub } = await kernel.execute('console.log("ran"); const wrong: number = "text"');
  expect(reply?.content).toMatchObject({
    status: "error",
    ename: "TypeCheckError",
    evalue: "Type 'string' is not assignable to type 'number'.",
  });
  expect(iopub.map(({ type }) => type)).toEqual(["status", "execute_input", "error", "status"]);
  await kernel.execute("%types warn");
});

async function resultOf(code: string): Promise<unknown> {
  const { iopub, reply } = await kernel.execute(code);
  const data = iopub.find(({ type }) => type === "execute_result")?.content.data as Record<string, unknown> | undefined;
  return data?.["text/plain"] ?? reply?.content;
}
