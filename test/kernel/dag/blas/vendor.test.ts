import { symbolFamily } from "../../../../kernel/src/dag/blas/symbol-family.js";
import { vendorOf } from "../../../../kernel/src/dag/blas/vendor.js";
import type { NativeLibrary } from "../../../../kernel/src/native-library.js";

/** A library with these functions; it notes how they are called. */
function libraryOf(functions: Readonly<Record<string, (...args: readonly unknown[]) => unknown>>) {
  const calls: unknown[] = [];
  const library: NativeLibrary = {
    has: (symbol) => Object.hasOwn(functions, symbol),
    bind:
      (symbol) =>
      (...args) => {
        if (args.length > 0) calls.push([symbol, ...args]);
        return functions[symbol]?.(...args);
      },
  };
  return { library, calls };
}
const nothing = () => undefined;

test.each([
  ["cblas_dgemm", "int32", "cblas_sgemm", "dgesdd_"],
  ["scipy_cblas_dgemm64_", "int64", "scipy_cblas_sgemm64_", "scipy_dgesdd_64_"],
  ["scipy_cblas_dgemm", "int32", "scipy_cblas_sgemm", "scipy_dgesdd_"],
  ["cblas_dgemm64_", "int64", "cblas_sgemm64_", "dgesdd_64_"],
])("a library with %s has %s sizes", (symbol, integer, sgemm, dgesdd) => {
  const family = symbolFamily(libraryOf({ [symbol]: nothing }).library);
  expect([family?.integer, family?.cblas("sgemm"), family?.lapack("dgesdd")]).toEqual([integer, sgemm, dgesdd]);
});

test("an OpenBLAS with plain names may have wide sizes: its configuration tells", () => {
  const config = () => "OpenBLAS 0.3.30 USE64BITINT DYNAMIC_ARCH Zen MAX_THREADS=64";
  const { library } = libraryOf({ cblas_dgemm: nothing, openblas_get_config: config });
  expect(symbolFamily(library)?.integer).toBe("int64");
});

test("a library without cblas_dgemm is of no family", () => {
  expect(symbolFamily(libraryOf({ dgemm_: nothing }).library)).toBeUndefined();
});

test("OpenBLAS is set to one thread, unless it has one already", () => {
  let threads = 4;
  const { library, calls } = libraryOf({
    scipy_cblas_dgemm64_: nothing,
    scipy_openblas_get_config64_: () =>
      "OpenBLAS 0.3.31.188.0  USE64BITINT DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64",
    scipy_openblas_get_num_threads64_: () => threads,
    scipy_openblas_set_num_threads64_: (wanted) => {
      threads = Number(wanted);
    },
  });
  const vendor = vendorOf("/lib/x.so", library, symbolFamily(library)!);
  expect(vendor?.name).toBe("OpenBLAS 0.3.31.188.0 (Haswell)");
  vendor?.prepare();
  vendor?.prepare();
  expect(calls).toEqual([["scipy_openblas_set_num_threads64_", 1]]);
});

test("MKL is known by its own functions, and used without its OpenMP", () => {
  const { library, calls } = libraryOf({
    cblas_dgemm: nothing,
    MKL_Set_Threading_Layer: nothing,
    MKL_Set_Interface_Layer: nothing,
  });
  const vendor = vendorOf("libmkl_rt.so.2", library, symbolFamily(library)!);
  vendor?.prepare();
  expect([vendor?.name, calls]).toEqual([
    "MKL",
    [
      ["MKL_Set_Threading_Layer", 1],
      ["MKL_Set_Interface_Layer", 0],
    ],
  ]);
});

test("the reference BLAS, which is slow, is no vendor", () => {
  const { library } = libraryOf({ cblas_dgemm: nothing, cblas_sgemm: nothing, dgemm_: nothing });
  expect(vendorOf("/usr/lib/libblas.so.3", library, symbolFamily(library)!)).toBeUndefined();
});
