import { installedKernel, KernelClient } from "../support/kernel-client.js";

const installed = installedKernel();
afterAll(() => installed.remove());

test("jupyter_client talks to the kernel encrypted; who does not know the key gets nothing through", async () => {
  const kernel = KernelClient.start(installed.env);
  try {
    await kernel.call("start", { transport_encryption: "required" });
    const connection = await kernel.call<Record<string, string>>("connection");
    expect(connection.curve_publickey).toHaveLength(40);
    expect(connection.curve_secretkey).toHaveLength(40);
    const { iopub } = await kernel.execute("6 * 7");
    expect(iopub.map(({ content }) => content.data)).toContainEqual({ "text/plain": "42" });

    expect(await kernel.call("greet_unencrypted")).toBe("refused");
    expect((await kernel.execute("1 + 1")).reply?.content.status).toBe("ok");
  } finally {
    await kernel.stop();
  }
});
