import { realpathSync } from "node:fs";
import { join } from "node:path";
import { installedKernel, KernelClient, python } from "../support/kernel-client.js";

const installed = installedKernel();
afterAll(() => installed.remove());

test("a kernel multiplies with the BLAS of the NumPy of the Jupyter that started it, though no environment is active", async () => {
  const { VIRTUAL_ENV: _venv, CONDA_PREFIX: _conda, ...env } = installed.env;
  const kernel = KernelClient.start({ ...env, PATH: "/usr/bin:/bin" });
  try {
    await kernel.call("start");
    const { iopub } = await kernel.execute(`
      const x = da.ones([300, 300], { chunks: 100 });
      const sum: number = await x.matmul(x).sum().compute();
      const report = process.report.getReport() as unknown as { sharedObjects: string[] };
      const library = report.sharedObjects.find((path) => /openblas|mkl_rt|Accelerate$/.test(path)) ?? "none";
      console.log(JSON.stringify({ sum, prefix: process.env.DAGBOOK_PYTHON_PREFIX, library }))`);
    const printed = iopub.filter(({ type }) => type === "stream").map(({ content }) => String(content.text));
    const { sum, prefix, library } = JSON.parse(printed.join(""));
    expect(sum).toBe(27_000_000);
    expect(realpathSync(prefix)).toBe(realpathSync(join(python, "../..")));
    expect(library).toMatch(/\//);
  } finally {
    await kernel.stop();
  }
});
