/**
 * Which BLAS a library is. Only those that are fast are known.
 * @module
 */
import type { NativeLibrary } from "../../native-library.js";
import { configOf, type SymbolFamily } from "./symbol-family.js";

export interface Vendor {
  /** for people, such as "OpenBLAS 0.3.31 (Haswell)" */
  readonly name: string;
  /**
   * Makes calls run on the thread that calls: dagbook runs as many as there are cores. For the whole process, and
   * before any other call.
   */
  prepare(): void;
}

/** `BLAS_THREADING_SINGLE_THREADED` of Accelerate, macOS 15. */
const SINGLE_THREADED = 1;

// values of mkl_service.h
const MKL_THREADING_SEQUENTIAL = 1;
const MKL_INTERFACE_LP64 = 0;

/** The vendor; undefined for a library that shows no mark of a fast one, as the reference BLAS of Netlib. */
export function vendorOf(path: string, library: NativeLibrary, family: SymbolFamily): Vendor | undefined {
  const call = (symbol: string, types: readonly string[], ...args: readonly unknown[]) => {
    if (library.has(symbol)) library.bind(symbol, "void", types)(...args);
  };
  const config = configOf(library, family.openblas("get_config"));
  if (config !== "") {
    const [, version, core] = /^OpenBLAS (\S+).*?(\S+) MAX_THREADS/.exec(config.replaceAll(/\s+/g, " ")) ?? [];
    const threads = library.bind(family.openblas("get_num_threads"), "int", []);
    return {
      name: version === undefined ? "OpenBLAS" : `OpenBLAS ${version} (${core})`,
      // Only if it is not so yet: other threads may be computing.
      prepare: () => {
        if (threads() !== 1) call(family.openblas("set_num_threads"), ["int"], 1);
      },
    };
  }
  if (library.has("MKL_Set_Threading_Layer")) {
    // Not MKL_Set_Num_Threads: any other layer needs an OpenMP, and without one the first call ends the process.
    const prepare = () => {
      call("MKL_Set_Threading_Layer", ["int"], MKL_THREADING_SEQUENTIAL);
      // MKL_INTERFACE_LAYER of the user may ask for wide integers under the same names.
      call("MKL_Set_Interface_Layer", ["int"], MKL_INTERFACE_LP64);
    };
    return { name: "MKL", prepare };
  }
  if (library.has("bli_thread_set_num_threads")) {
    return { name: "BLIS", prepare: () => call("bli_thread_set_num_threads", ["intptr_t"], 1) };
  }
  if (path.endsWith("/Accelerate")) {
    return { name: "Accelerate", prepare: () => call("BLASSetThreading", ["uint"], SINGLE_THREADED) };
  }
  return undefined;
}
