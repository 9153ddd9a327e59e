/**
 * Products of arrays with one or two axes by their other names: `dot`, `tensordot`, `einsum`.
 * @module
 */
import { ArgumentError, ShapeError } from "../../errors.js";
import { expandDims } from "./axis-views.js";
import { binary, cast } from "./elementwise.js";
import type { LazyArray } from "./lazy-array.js";
import { reduce } from "./reductions.js";
import { ravel } from "./reshape.js";
import { matmul, sliceArray, transpose } from "./shaping.js";

/**
 * NumPy's `dot`: the sum of products over the last axis of `left` and the first of `right`.
 * @throws {ShapeError} if these axes differ, or an array has not one or two axes
 */
export function dot(left: LazyArray, right: LazyArray): LazyArray {
  const dims = [left.shape.length, right.shape.length];
  if (dims.some((ndim) => ndim !== 1 && ndim !== 2) || left.shape.at(-1) !== right.shape[0]) {
    throw new ShapeError(
      `dot of shapes [${left.shape}] and [${right.shape}]: give arrays with one or two axes, ` +
        "the last axis of the left one as long as the first of the right one",
      { left: left.shape, right: right.shape },
    );
  }
  if (dims[0] === 1 && dims[1] === 1) {
    const products = binary("multiply", left, right);
    return cast(reduce("sum", products, null), products.dtype);
  }
  const a = dims[0] === 1 ? sliceArray(left, ["newaxis", null]) : left;
  const b = dims[1] === 1 ? sliceArray(right, [null, "newaxis"]) : right;
  const product = matmul(a, b);
  if (dims[0] === 1) return sliceArray(product, [0]);
  return dims[1] === 1 ? sliceArray(product, [null, 0]) : product;
}

/** Products of every element of one array with every element of the other: `[size of left, size of right]`. */
export function outer(left: LazyArray, right: LazyArray): LazyArray {
  return binary("multiply", expandDims(ravel(left), 1), expandDims(ravel(right), 0));
}

/**
 * NumPy's `tensordot` over one axis: the last of `left` with the first of `right`.
 * @throws {ArgumentError} for other `axes`
 */
export function tensordot(left: LazyArray, right: LazyArray, axes: number): LazyArray {
  if (axes === 1) return dot(left, right);
  throw new ArgumentError(`tensordot over ${axes} axes is not there: use axes 1, or products and sums`, { axes });
}

/**
 * NumPy's `einsum` of two matrices that share one index, in any order of their axes.
 * @throws {ArgumentError} for other subscripts
 * @example einsum("ij,jk->ik", a, b); einsum("ki,kj->ij", a, b)
 */
export function einsum(subscripts: string, left: LazyArray, right: LazyArray): LazyArray {
  const [, a = "", b = "", result = ""] =
    /^([a-z]{2}),([a-z]{2})->([a-z]{2})$/i.exec(subscripts.replaceAll(/\s/g, "")) ?? [];
  const shared = [...a].filter((letter) => b.includes(letter) && !result.includes(letter));
  const rows = [...a].find((letter) => !shared.includes(letter)) ?? "";
  const columns = [...b].find((letter) => !shared.includes(letter)) ?? "";
  const isProduct = shared.length === 1 && [rows + columns, columns + rows].includes(result) && rows !== columns;
  if (!isProduct || new Set(a).size < 2 || new Set(b).size < 2) {
    throw new ArgumentError(
      `einsum of ${JSON.stringify(subscripts)} is not there: use two matrices that share one index, as in "ij,jk->ik"`,
      { subscripts },
    );
  }
  const product = matmul(a[1] === shared[0] ? left : transpose(left), b[0] === shared[0] ? right : transpose(right));
  return result === rows + columns ? product : transpose(product);
}
