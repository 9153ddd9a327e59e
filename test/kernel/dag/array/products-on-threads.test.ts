import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { kinds, presentBlas } from "../../../support/blas.js";

const script = fileURLToPath(new URL("../../../support/products-on-threads.mjs", import.meta.url));

test.each([...kinds, ["with a library that does not load", "/no/such/library.so"] as const])(
  "%s worker threads multiply and factorize, hold few blocks and free what they used",
  async (_, library) => {
    const env = { ...process.env, DAGBOOK_BLAS: library };
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env, timeout: 60_000 });
    const { largest, error, isFreed, mostHeld } = JSON.parse(stdout);
    expect(largest).toHaveLength(6);
    expect(Math.max(...largest)).toBeLessThan(1e-10);
    expect(error).toMatch(/^LinAlgError: the matrix is not positive definite/);
    expect(isFreed).toBe(true);
    // a few for each of the 3 workers, of 256
    expect(mostHeld).toBeGreaterThan(0);
    expect(mostHeld).toBeLessThan(24);
  },
);

test("each worker thread computes on its own: the library uses one thread a call", async () => {
  const code = `
    import { searchBlas } from ${JSON.stringify(fileURLToPath(new URL("../../../../kernel/dist/dag/blas/find-blas.js", import.meta.url)))};
    import { nativeLibrary } from ${JSON.stringify(fileURLToPath(new URL("../../../../kernel/dist/native-library.js", import.meta.url)))};
    import { symbolFamily } from ${JSON.stringify(fileURLToPath(new URL("../../../../kernel/dist/dag/blas/symbol-family.js", import.meta.url)))};
    const { found } = searchBlas(process.env, process.platform);
    const library = nativeLibrary(found.place.library);
    const symbol = symbolFamily(library).openblas("get_num_threads");
    console.log(library.has(symbol) ? library.bind(symbol, "int", [])() : 1);
  `;
  const env = { ...process.env, DAGBOOK_BLAS: presentBlas(), OPENBLAS_NUM_THREADS: "2" };
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code], { env });
  expect(stdout).toBe("1\n");
});
