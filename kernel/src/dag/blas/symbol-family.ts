/**
 * How a BLAS calls its functions, and how wide its integers are.
 * @module
 */
import type { NativeLibrary } from "../../native-library.js";

/** Names of the functions of one library. */
export interface SymbolFamily {
  readonly integer: "int32" | "int64";
  /** @example cblas("dgemm") // "scipy_cblas_dgemm64_" */
  cblas(name: string): string;
  /** @example lapack("dgesdd") // "scipy_dgesdd_64_" */
  lapack(name: string): string;
  /** @example openblas("get_config") // "scipy_openblas_get_config64_" */
  openblas(name: string): string;
}

/** Prefix and suffix: of distributions, of the wheels of NumPy and SciPy, of older wheels and Julia. */
const AFFIXES = [
  ["", ""],
  ["scipy_", "64_"],
  ["scipy_", ""],
  ["", "64_"],
] as const;

/** The family of a library; undefined if it has no `cblas_dgemm` of any. */
export function symbolFamily(library: NativeLibrary): SymbolFamily | undefined {
  for (const [prefix, suffix] of AFFIXES) {
    const cblas = (name: string) => `${prefix}cblas_${name}${suffix}`;
    if (!library.has(cblas("dgemm"))) continue;
    const openblas = (name: string) => `${prefix}openblas_${name}${suffix}`;
    const lapack = (name: string) => `${prefix}${name}_${suffix}`;
    // An OpenBLAS may be built with wide integers and plain names; only its configuration tells.
    const isWide = suffix === "64_" || configOf(library, openblas("get_config")).includes("USE64BITINT");
    return { integer: isWide ? "int64" : "int32", cblas, lapack, openblas };
  }
  return undefined;
}

/** What `openblas_get_config` says, such as `OpenBLAS 0.3.31 DYNAMIC_ARCH Haswell MAX_THREADS=64`; empty without it. */
export function configOf(library: NativeLibrary, symbol: string): string {
  return library.has(symbol) ? String(library.bind(symbol, "const char *", [])()) : "";
}
