/**
 * The largest and smallest elements along an axis, and where they are.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError, ShapeError } from "../../errors.js";
import { type DType, isLong, type LongType } from "../memory/dtype.js";
import { sizeOf } from "../memory/strides.js";
import { normalizeAxis } from "./axes.js";
import { combineTree } from "./block-tree.js";
import type { TopFinish, TopPlace, TopPlan } from "./blocks/top-k.js";
import { blockShape, boundsOf } from "./chunks.js";
import {
  combineLongTops,
  combineTops,
  finishLongTops,
  finishTops,
  topBlock,
  topLongBlock,
} from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { transpose } from "./shaping.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/**
 * The k largest elements along an axis, the largest first; of a negative k the -k smallest, the smallest first. NaN
 * counts as larger than all numbers. If there are fewer than k elements, all of them.
 * @throws {ArgumentError} if k is 0 or no integer
 * @see Dask `topk`, dask/array/reductions.py
 */
export function topk(array: LazyArray, k: number, axis = -1): LazyArray {
  return tops("topk", array, topPlan("topk", array, k), axis, "values");
}

/** Positions along the axis of what `topk` gives, int64; of equal elements the first ones. */
export function argtopk(array: LazyArray, k: number, axis = -1): LazyArray {
  return tops("argtopk", array, topPlan("argtopk", array, k), axis, "positions");
}

/**
 * Position of the largest (smallest) element along an axis, or in C order of all, int64; the first of equal ones, and of
 * the first NaN if there is one.
 * @throws {ShapeError} if there are no elements
 */
export function argExtreme(label: "argmax" | "argmin", array: LazyArray, axis: number | null = null): LazyArray {
  const plan: AnyTopPlan = {
    k: 1,
    largest: label === "argmax",
    nanFirst: true,
    dtype: comparedAs(array.dtype),
  };
  const count = axis === null ? sizeOf(array.shape) : array.shape[normalizeAxis(axis, array.shape.length)];
  if (count === 0) {
    throw new ShapeError(`${label} of an array of shape [${array.shape}] has no elements to compare`, {
      shape: array.shape,
    });
  }
  return tops(label, array, plan, axis, "positions");
}

/** Of integers of 64 bits too, which have kernels of their own. */
type AnyTopPlan = Omit<TopPlan, "dtype"> & { readonly dtype: TopPlan["dtype"] | LongType };

/** The element type in which elements are compared; it holds them all. */
function comparedAs(dtype: DType): AnyTopPlan["dtype"] {
  if (dtype === "float64" || dtype === "float32" || isLong(dtype)) return dtype;
  return dtype === "uint32" ? "float64" : "int32";
}

function topPlan(label: string, array: LazyArray, k: number): AnyTopPlan {
  if (!Number.isInteger(k) || k === 0) {
    throw new ArgumentError(
      `${label}: k must be an integer other than 0 and is ${inspect(k)}: k for the largest, -k for the smallest elements`,
      { k },
    );
  }
  return { k: Math.abs(k), largest: k > 0, nanFirst: false, dtype: comparedAs(array.dtype) };
}

/** @param axis null: all elements are one line, and the result has no axes */
function tops(
  label: string,
  array: LazyArray,
  plan: AnyTopPlan,
  axis: number | null,
  result: TopFinish["result"],
): LazyArray {
  const ndim = array.shape.length;
  const along = axis === null ? ndim - 1 : normalizeAxis(axis, ndim);
  if (axis === null) assertKnownSizes(array, label);
  else assertKnownSizes({ shape: [array.shape[along]] }, label);
  // lines run along the last axis: kernels then read them in order
  const order = array.shape.map((_, i) => i).filter((i) => i !== along);
  const input = ndim === 0 ? array : transpose(array, [...order, along]);
  const isFlat = axis === null;
  const reduced = input.shape.map((_, i) => i).filter((i) => isFlat || i === ndim - 1);
  const bounds = input.chunks.map(boundsOf);
  const own = isLong(plan.dtype)
    ? { dtype: plan.dtype, top: topLongBlock, combine: combineLongTops, finish: finishLongTops }
    : { dtype: "float64" as const, top: topBlock, combine: combineTops, finish: finishTops };
  const partial = lazyArray(`${label}-chunk`, partialChunks(input, plan.k, reduced), own.dtype, {
    kind: "task",
    inputs: [],
    fused: { input, dtype: plan.dtype },
    fn: own.top,
    argsOf: ([, ...index], { fused }) => {
      const origin = index.map((i, at) => bounds[at][i]);
      const place: TopPlace = isFlat ? { origin, flat: input.shape } : { origin: origin.slice(-1) };
      return [plan, place, ...fused(index)];
    },
  });
  const width = Math.min(plan.k, isFlat ? sizeOf(input.shape) : input.shape[ndim - 1]);
  const top = combineTree(partial, {
    label,
    axes: reduced.map((i) => i + 1),
    fn: own.combine,
    before: [plan],
    width,
  });
  const isScalar = label === "argmax" || label === "argmin";
  const kept = isFlat ? [] : input.chunks.slice(0, -1);
  const chunks = isScalar ? kept : [...kept, [width]];
  const dtype = result === "values" ? array.dtype : "int64";
  const lines = lazyArray(label, chunks, dtype, {
    kind: "task",
    inputs: [top.array],
    fn: own.finish,
    argsOf: (index, { block }) => {
      const finish: TopFinish = { result, dtype, shape: blockShape(chunks, index) };
      const others = isFlat ? [] : index.slice(0, ndim - 1);
      const node = [0, ...input.shape.map((_, i) => (reduced.includes(i) ? 0 : others[i]))];
      return [plan, finish, ...top.blocksAt(node).map((at) => block(top.array, at))];
    },
  });
  return isScalar ? lines : transpose(lines, backOrder(ndim, along));
}

/** Blocks with the best of each block; along a flat line every axis has size 1 but the last. */
function partialChunks(input: LazyArray, k: number, reduced: readonly number[]): number[][] {
  const last = input.chunks.length - 1;
  const chunks = input.chunks.map((sizes, axis) => {
    if (axis === last) return sizes.map((size) => Math.min(k, size));
    return reduced.includes(axis) ? sizes.map(() => 1) : [...sizes];
  });
  return [[2], ...chunks];
}

/** The order that puts the last axis back to `along`. */
function backOrder(ndim: number, along: number): number[] {
  const others = Array.from({ length: ndim - 1 }, (_, i) => i);
  return others.toSpliced(along, 0, ndim - 1);
}
