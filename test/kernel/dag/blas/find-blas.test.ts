import { searchBlas } from "../../../../kernel/src/dag/blas/find-blas.js";
import { presentBlas, pythonPrefix } from "../../../support/blas.js";

test("the BLAS that NumPy brings is found from the prefix of its Python, with LAPACK", () => {
  const { found } = searchBlas({ DAGBOOK_PYTHON_PREFIX: pythonPrefix }, process.platform);
  expect(found?.name).toMatch(/OpenBLAS|MKL|Accelerate/);
  expect(found?.lapack).toBeDefined();
});

test("a product is computed in place of its result", () => {
  const { found } = searchBlas({ DAGBOOK_BLAS: presentBlas() }, process.platform);
  const c = Float64Array.of(100, 200);
  const product = { m: 1, n: 2, k: 2, beta: 1 } as const;
  const a = { data: Float64Array.of(1, 2), stride: 2 };
  const b = { data: Float64Array.of(3, 5, 4, 6), stride: 2, isTransposed: true };
  found?.blas.multiply("float64", { ...product, a, b, c: { data: c, stride: 2 } });
  expect(Array.from(c)).toEqual([113, 216]);
});

test.each([
  ["none", 'DAGBOOK_BLAS is "none"'],
  ["/no/such/library.so", "/no/such/library.so, from DAGBOOK_BLAS: it does not load ("],
  [
    process.platform === "darwin" ? "/usr/lib/libSystem.dylib" : "libm.so.6",
    "from DAGBOOK_BLAS: it has no cblas_dgemm",
  ],
])("DAGBOOK_BLAS=%s: no library is used, and why is told", (library, reason) => {
  const { found, refused } = searchBlas({ DAGBOOK_BLAS: library }, process.platform);
  expect(found).toBeUndefined();
  expect(refused).toEqual([expect.stringContaining(reason)]);
});
