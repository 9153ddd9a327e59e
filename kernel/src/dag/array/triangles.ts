/**
 * Triangles of matrices.
 * @module
 */
import { ShapeError } from "../../errors.js";
import { expandDims } from "./axis-views.js";
import { range } from "./creation.js";
import { binary, cast } from "./elementwise.js";
import type { LazyArray } from "./lazy-array.js";
import { compare, where } from "./logic.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/**
 * The array with 0 above (`tril`) or below (`triu`) diagonal `k` of its last two axes; diagonal 1 is above the main one.
 * @throws {ShapeError} if it has fewer than two axes, or unknown sizes
 */
export function triangle(side: "tril" | "triu", array: LazyArray, k = 0): LazyArray {
  const { shape, chunks } = array;
  if (shape.length < 2) {
    throw new ShapeError(`${side} of an array of shape [${shape}] needs two axes: a matrix, or several of them`, {
      shape,
    });
  }
  assertKnownSizes(array, side);
  const [rows, columns] = [-2, -1].map((axis) => {
    const sizes = chunks.at(axis) ?? [];
    return range(0, shape.at(axis) ?? 0, 1, { chunks: [sizes] });
  });
  const diagonal = expandDims(binary("add", rows, k), 1);
  const isKept = compare(side === "tril" ? "lessEqual" : "greaterEqual", columns, diagonal);
  return cast(where(isKept, array, 0), array.dtype);
}
