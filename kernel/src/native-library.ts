/**
 * A shared library of the machine, through koffi.
 * @module
 */
import { createRequire } from "node:module";

/** A function of a library; what it takes is not checked, a wrong argument may end the process. */
export type NativeFunction = (...args: readonly unknown[]) => unknown;

/** What is needed of a library. */
export interface NativeLibrary {
  /** true if the library, or one that it loads, has this symbol */
  has(symbol: string): boolean;
  /** @param types of the result and of the arguments, in koffi's words */
  bind(symbol: string, result: string, args: readonly string[]): NativeFunction;
}

/**
 * Loads a library into the process, where it stays.
 * @param library a path, or a name that the system's loader looks up; null: what the process has loaded already
 * @throws if koffi is not installed, or the library does not load
 */
export function nativeLibrary(library: string | null): NativeLibrary {
  const koffi: typeof import("koffi") = createRequire(import.meta.url)("koffi");
  const handle = koffi.load(library);
  return {
    has(symbol) {
      try {
        handle.symbol(symbol);
        return true;
      } catch {
        return false;
      }
    },
    bind: (symbol, result, args) => handle.func(symbol, result, [...args]),
  };
}
