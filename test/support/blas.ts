// Which BLAS a test computes with.
import { fileURLToPath } from "node:url";
import { searchBlas } from "../../kernel/src/dag/blas/find-blas.js";

/** Prefix of the Python of the tests, whose NumPy brings a BLAS. */
export const pythonPrefix = fileURLToPath(new URL("../../.venv", import.meta.url));

/** Path of the BLAS that NumPy brings, or of the system's. */
export function presentBlas(): string {
  const { found, refused } = searchBlas({ DAGBOOK_PYTHON_PREFIX: pythonPrefix }, process.platform);
  if (found === undefined) throw new Error(`the tests need a BLAS: ${refused.join("; ")}`);
  return found.place.library;
}

/** What `describe.each` runs with: the name of a case and the value of DAGBOOK_BLAS. */
export const kinds: readonly (readonly [name: string, blas: string])[] = [
  ["with a BLAS", presentBlas()],
  ["without a BLAS", "none"],
];

/** Makes this thread compute with the library, or with none, until it is called again. */
export function useBlas(library: string | undefined): void {
  if (library === undefined) delete process.env.DAGBOOK_BLAS;
  else process.env.DAGBOOK_BLAS = library;
}
