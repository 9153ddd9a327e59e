/**
 * Sizes that nobody knows before the blocks are computed: NaN in shapes and chunks, as in Dask, and "?" in text.
 * @module
 */
import { ShapeError } from "../../errors.js";

/** True if some size is not known. */
export function hasUnknownSizes({ shape }: { readonly shape: readonly number[] }): boolean {
  return shape.some(Number.isNaN);
}

/** Sizes for people: "3, ?". */
export function sizesText(sizes: readonly number[], separator = ", "): string {
  return sizes.map((size) => (Number.isNaN(size) ? "?" : size)).join(separator);
}

/**
 * @param what the operation that needs the sizes, for the error
 * @throws {ShapeError} if a size is not known
 */
export function assertKnownSizes(array: { readonly shape: readonly number[] }, what: string): void {
  if (!hasUnknownSizes(array)) return;
  throw new ShapeError(
    `${what} needs the sizes of the blocks, and those of this array (shape [${sizesText(array.shape)}]) are not known ` +
      "before it is computed: call y = await da.computeChunkSizes(y) first",
    { shape: array.shape },
  );
}
