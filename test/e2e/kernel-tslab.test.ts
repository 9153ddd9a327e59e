import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installedKernel, KernelClient } from "../support/kernel-client.js";

const program = fileURLToPath(new URL("../../kernel/dist/bin/dagbook.js", import.meta.url));
const installed = installedKernel();
afterAll(() => installed.remove());

test("a kernelspec of tslab that points here starts a JavaScript kernel without types", async () => {
  const kernel = startAs("jslab", ["--config-path={connection_file}", "--js"]);
  try {
    await kernel.call("start");
    const { reply } = await kernel.request("control", "kernel_info_request");
    expect(reply?.content).toMatchObject({
      language_info: { name: "javascript", file_extension: ".js", mimetype: "application/javascript" },
    });
    const { iopub } = await kernel.execute("let a = 20; a = String(a) + 1; a.nothing; a");
    expect(iopub.map(({ type }) => type)).toEqual(["status", "execute_input", "execute_result", "status"]);
    expect(iopub[2]?.content.data).toEqual({ "text/plain": "'201'" });
  } finally {
    await kernel.stop();
  }
});

test("tslab's engine runs behind the whole protocol: result, refusal, Stop, history", async () => {
  const kernel = startAs("tslab", ["--config-path", "{connection_file}", "--engine=tslab"]);
  try {
    await kernel.call("start");
    const { reply, iopub } = await kernel.execute("const a: number = 20;\na + 1", { user_expressions: { b: "a + 2" } });
    expect(reply?.content).toMatchObject({ status: "ok", user_expressions: { b: { data: { "text/plain": "22" } } } });
    expect(iopub.find(({ type }) => type === "execute_result")?.content.data).toEqual({ "text/plain": "21" });
    expect((await kernel.execute('const c: number = "text"')).reply?.content).toMatchObject({
      ename: "TypeCheckError",
    });
    const loop = await kernel.send('console.log("runs"); while (true) {}');
    await kernel.call("await_published", { type: "stream" });
    await kernel.call("interrupt");
    expect((await kernel.collect(loop)).reply?.content).toMatchObject({ ename: "KeyboardInterrupt" });
    expect((await kernel.execute("a + 3")).iopub).toContainEqual(
      expect.objectContaining({ content: expect.objectContaining({ data: { "text/plain": "23" } }) }),
    );
    const tail = { hist_access_type: "tail", n: 1, output: true, raw: true };
    const { reply: past } = await kernel.request("shell", "history_request", tail);
    expect(past?.content.history).toEqual([[expect.any(Number), 4, ["a + 3", "23"]]]);
  } finally {
    await kernel.stop();
  }
});

function startAs(name: string, flags: readonly string[]): KernelClient {
  const folder = join(installed.folder, "share/jupyter/kernels", name);
  mkdirSync(folder);
  const argv = [process.execPath, "--no-force-async-hooks-checks", program, "kernel", ...flags];
  const spec = { argv, display_name: name, language: "typescript", interrupt_mode: "message" };
  writeFileSync(join(folder, "kernel.json"), JSON.stringify(spec));
  return KernelClient.start(installed.env, name);
}
