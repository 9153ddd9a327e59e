/**
 * `reshape`: the same elements in C order under other axes.
 *
 * Axes are matched in groups of equal size: [4, 6, 5] -> [24, 5] merges two axes and leaves one. A block keeps its
 * elements when it is one run of its group: then it is the same memory with another shape. So the array is
 * first cut into such blocks, and a group whose two sides need different cuts passes through one flat axis.
 * @module
 */
import { ShapeError } from "../../errors.js";
import { sizeOf } from "../memory/strides.js";
import { blockShape, type Chunks, normalizeChunks, numblocksOf, type Shape } from "./chunks.js";
import { full } from "./creation.js";
import { reshapedBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { inWholeUnits, rechunk } from "./unify.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/** Blocks may become so many times larger before a group goes through a flat axis instead. */
const MOST_GROWTH = 2;

/** Chunks of some axes whose blocks, in C order, are one run of elements after the other. */
interface Runs {
  /** per axis: 1 on axes before the one that is cut, whole after it */
  readonly chunks: Chunks;
  /** elements of each run */
  readonly flat: readonly number[];
}

/** Axes of the two shapes that hold the same elements. */
interface Group {
  readonly from: Runs;
  readonly to: Runs;
}

/**
 * The array with another shape; one size may be -1, which follows from the others.
 * @throws {ShapeError} if the sizes do not hold as many elements
 * @see NumPy `reshape`; Dask `reshape_rechunk`, dask/array/reshape.py
 */
export function reshape(given: LazyArray, sizes: number | readonly number[]): LazyArray {
  assertKnownSizes(given, "reshape");
  const array = inWholeUnits(given);
  const shape = completed(typeof sizes === "number" ? [sizes] : sizes, array.shape);
  if (shape.length === array.shape.length && shape.every((size, axis) => size === array.shape[axis])) return array;
  if (sizeOf(shape) === 0) return full(shape, 0, { dtype: array.dtype });
  const groups = groupsOf(array, shape);
  const cut = rechunk(
    array,
    groups.flatMap(({ from }) => from.chunks),
  );
  if (groups.every(isDirect)) return regrouped(cut, groups);
  const flattened = groups.map((group) => (isDirect(group) ? group : { from: group.from, to: flatRuns(group.from) }));
  const flat = regrouped(cut, flattened);
  const rest = groups.map((group) =>
    isDirect(group) ? { from: group.to, to: group.to } : { from: flatRuns(group.to), to: group.to },
  );
  return regrouped(
    rechunk(
      flat,
      rest.flatMap(({ from }) => from.chunks),
    ),
    rest,
  );
}

/** All elements in C order along one axis. */
export function ravel(array: LazyArray): LazyArray {
  return reshape(array, -1);
}

/** @throws {ShapeError} if the sizes are no shape of as many elements */
function completed(sizes: readonly number[], from: Shape): Shape {
  const size = sizeOf(from);
  const rest = sizes.reduce((product, own) => (own === -1 ? product : product * own), 1);
  const isShape = Array.isArray(sizes) && sizes.every((own) => Number.isInteger(own) && own >= -1);
  const unknown = isShape ? sizes.filter((own) => own === -1).length : 0;
  const fits = unknown === 0 ? rest === size : unknown === 1 && rest > 0 && size % rest === 0;
  if (isShape && fits) return sizes.map((own) => (own === -1 ? size / rest : own));
  throw new ShapeError(
    `reshape of [${from}] to [${sizes}]: give integers whose product is ${size}, one of them may be -1`,
    { from, to: sizes },
  );
}

/** The groups of axes from left to right, with the cuts that the array gets. */
function groupsOf(array: LazyArray, shape: Shape): Group[] {
  const groups: Group[] = [];
  for (let i = 0, j = 0; i < array.shape.length || j < shape.length; ) {
    const first = { i, j };
    let from = array.shape[i++] ?? 1;
    let to = shape[j++] ?? 1;
    while (from !== to) {
      if (from < to) from *= array.shape[i++];
      else to *= shape[j++];
    }
    groups.push(groupOf(array.chunks.slice(first.i, i), array.shape.slice(first.i, i), shape.slice(first.j, j)));
  }
  return groups;
}

function groupOf(chunks: Chunks, from: Shape, to: Shape): Group {
  if (from.length === 1 && to.length === 1)
    return { from: flatRuns({ chunks, flat: chunks[0] }), to: { chunks, flat: chunks[0] } };
  const largest = chunks.reduce((product, sizes) => product * Math.max(...sizes), 1);
  const present = runsAsCut(chunks, from);
  const kept = present && runsLike(to, present.flat);
  if (present && kept) return { from: present, to: kept };
  const unit = leastCommonMultiple(restOf(from), restOf(to));
  if (unit <= MOST_GROWTH * largest) {
    const flat = normalizeChunks([sizeOf(from)], Math.max(1, Math.floor(largest / unit)) * unit)[0];
    const [a, b] = [runsLike(from, flat), runsLike(to, flat)];
    if (a && b) return { from: a, to: b };
  }
  return { from: runsOfAbout(from, largest), to: runsOfAbout(to, largest) };
}

/** Both sides are the same runs. */
function isDirect({ from, to }: Group): boolean {
  return from.flat.length === to.flat.length && from.flat.every((size, i) => size === to.flat[i]);
}

function flatRuns({ flat }: Runs): Runs {
  return { chunks: [flat], flat };
}

/** Index of the first axis that is more than one element. */
function firstOf(shape: Shape): number {
  return Math.max(
    0,
    shape.findIndex((size) => size > 1),
  );
}

/** Elements behind one step along the first axis. */
function restOf(shape: Shape): number {
  return sizeOf(shape.slice(firstOf(shape) + 1));
}

/** The chunks as they are, if all axes but the first are whole. */
function runsAsCut(chunks: Chunks, shape: Shape): Runs | undefined {
  const first = firstOf(shape);
  if (!chunks.every((sizes, axis) => axis === first || sizes.length === 1)) return undefined;
  const rest = restOf(shape);
  return { chunks, flat: chunks[first]?.map((size) => size * rest) ?? [1] };
}

/** Chunks of `shape` with the given runs, if they end where the first axis can be cut. */
function runsLike(shape: Shape, flat: readonly number[]): Runs | undefined {
  const [first, rest] = [firstOf(shape), restOf(shape)];
  if (flat.some((size) => size % rest !== 0)) return undefined;
  return { chunks: shape.map((size, axis) => (axis === first ? flat.map((own) => own / rest) : [size])), flat };
}

/** Chunks with about `elements` elements: an axis is cut where all behind it fit together. */
function runsOfAbout(shape: Shape, elements: number): Runs {
  const fits = (axis: number) => sizeOf(shape.slice(axis + 1)) <= elements;
  const pivot = shape.findIndex((_, axis) => fits(axis));
  const rest = sizeOf(shape.slice(pivot + 1));
  const [cut] = normalizeChunks([shape[pivot]], Math.max(1, Math.floor(elements / rest)));
  const chunks = shape.map((size, axis) =>
    axis < pivot ? new Array<number>(size).fill(1) : axis === pivot ? cut : [size],
  );
  const lines = sizeOf(shape.slice(0, pivot));
  return { chunks, flat: Array.from({ length: lines }, () => cut.map((size) => size * rest)).flat() };
}

/** The array whose blocks are those of `array`, group by group in C order, with the shapes of `to`. */
function regrouped(array: LazyArray, groups: readonly Group[]): LazyArray {
  const chunks = groups.flatMap(({ to }) => to.chunks);
  const sources = groups.map(({ from, to }) => ({ from: numblocksOf(from.chunks), to: numblocksOf(to.chunks) }));
  const sourceOf = (index: readonly number[]) => {
    let axis = 0;
    return sources.flatMap(({ from, to }) => {
      let number = 0;
      for (const count of to) number = number * count + index[axis++];
      return from.map((_, own) => Math.floor(number / sizeOf(from.slice(own + 1))) % from[own]);
    });
  };
  return lazyArray("reshape", chunks, array.dtype, {
    kind: "task",
    inputs: [array],
    fn: reshapedBlock,
    argsOf: (index, { block }) => [block(array, sourceOf(index)), blockShape(chunks, index)],
  });
}

function leastCommonMultiple(a: number, b: number): number {
  let [high, low] = [a, b];
  while (low > 0) [high, low] = [low, high % low];
  return (a / high) * b;
}
