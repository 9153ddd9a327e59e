/**
 * Moments of the elements along axes: mean, variance and higher ones, in one pass over memory.
 *
 * A block adds up powers of x - k. The shift k is the mean of some of the elements themselves: with k the mean
 * of r of n elements, the digits lost to cancellation are bounded by n / r, whatever the data. Blocks are then
 * merged by their means and central sums.
 * @see T. F. Chan, G. H. Golub, R. J. LeVeque: Algorithms for computing the sample variance, 1983 (shift, merge)
 * @see P. Pébay: Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
 *   statistical moments, 2008 (merge of any order)
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { DType, TypedArray } from "../../memory/dtype.js";
import { sizeOf } from "../../memory/strides.js";
import type { Summed } from "../emitter/summed.js";
import type { FusedPlan, Place } from "./fused-plan.js";
import { blockFromSource, type FusedSource, PIECE_ELEMENTS } from "./fused-source.js";
import { type Planes, PowerSums, type Rows } from "./power-sums.js";
import { newBlock } from "./scratch.js";

/** What a block is asked for. */
export interface MomentsPlan {
  /** type in which the elements arrive; they are added up in float64 */
  readonly dtype: Summed;
  /** highest moment, from 1 up */
  readonly order: number;
  /** the reduced axes are `from` up to, not including, `to` */
  readonly from: number;
  readonly to: number;
}

/** What becomes of the moments in the end. */
export interface MomentsFinish {
  readonly result: "mean" | "std" | "moment";
  readonly ddof: number;
  readonly dtype: DType;
  /** without the reduced axes unless they are kept */
  readonly shape: readonly number[];
}

/** Rows that are added up together: their columns are then read from the cache several times. */
const FEWEST_ROWS = 8;

/** Elements whose mean is the shift: all of short rows, 1/256 of long ones. */
function sampleOf(count: number): number {
  return Math.min(count, Math.max(8, count >> 8));
}

/**
 * Moments of one block.
 * @returns float64 `[order + 1, ...shape with reduced axes of size 1]`: count, mean, then the sums of (x - mean)^p
 */
export function momentsBlock(spec: MomentsPlan, plan: FusedPlan, place: Place, ...blocks: readonly Block[]): Block {
  const { order, from, to } = spec;
  const kept = (space: readonly number[]) => space.map((size, axis) => (axis >= from && axis < to ? 1 : size));
  const shapeOf = (space: readonly number[]) => [order + 1, ...kept(space)];
  return blockFromSource("float64", { plan, place, blocks }, shapeOf, (source, output, scratch) => {
    const values = arena().view(output).fill(0);
    const size = values.length / (order + 1);
    const planes = Array.from({ length: order + 1 }, (_, p) => values.subarray(p * size, (p + 1) * size));
    const n = sizeOf(source.shape.slice(from, to));
    const inner = sizeOf(source.shape.slice(to));
    const shift = arena()
      .view(scratch.allocate("float64", [size]))
      .fill(0);
    const sums = new PowerSums(planes, shift, spec.dtype, scratch);
    planes[0].fill(n);
    if (inner === 1) sumRows(source, n, shift, sums);
    else sumColumns(source, n, inner, shift, sums);
    if (order === 2) centreVariances(planes, shift);
    else centre(planes, shift);
  });
}

/** Every row of `n` elements becomes one element of the planes. */
function sumRows(source: FusedSource, n: number, shift: TypedArray, sums: PowerSums): void {
  const longest = Math.max(1, n);
  source.eachPiece(Math.min(longest, PIECE_ELEMENTS), (elements, start) => {
    for (let at = 0; at < elements.length; ) {
      const row = Math.floor((start + at) / longest);
      const column = (start + at) % longest;
      const count = Math.min(longest - column, elements.length - at, PIECE_ELEMENTS);
      if (column === 0) shift[row] = finite(meanOf(elements, at, sampleOf(count)));
      sums.addLine(elements, at, count, row);
      at += count;
    }
  });
}

/** Rows of `inner` elements are added up `n` at a time. */
function sumColumns(source: FusedSource, n: number, inner: number, shift: TypedArray, sums: PowerSums): void {
  source.eachPiece(inner * FEWEST_ROWS, (elements, start) => {
    const rows = elements.length / inner;
    for (let at = 0; at < rows; ) {
      const row = start / inner + at;
      const outer = Math.floor(row / n);
      const count = Math.min(n - (row % n), rows - at);
      const to = outer * inner;
      if (row % n === 0) {
        const sample = { elements, start: at * inner, rows: sampleOf(count), inner };
        columnMeans(sample, shift.subarray(to, to + inner));
      }
      sums.addColumns({ elements, start: at * inner, rows: count, inner }, to);
      at += count;
    }
  });
}

function meanOf(elements: ArrayLike<number>, start: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += elements[start + i];
  return sum / count;
}

/** @param means 0 before */
function columnMeans({ elements, start, rows, inner }: Rows, means: TypedArray): void {
  for (let row = 0, at = start; row < rows; row++) {
    for (let j = 0; j < inner; j++) means[j] += elements[at++];
  }
  for (let j = 0; j < inner; j++) means[j] = finite(means[j] / rows);
}

/** A shift that is no number would make every power NaN, the mean too. */
function finite(shift: number): number {
  return Number.isFinite(shift) ? shift : 0;
}

/** From the sums of powers of x - k to the mean and the sums of powers of x - mean. */
function centre(planes: Planes, shift: TypedArray): void {
  const sums = planes.map(() => 0);
  for (let i = 0; i < shift.length; i++) {
    for (const [p, plane] of planes.entries()) sums[p] = plane[i];
    const n = sums[0];
    if (n === 0) continue;
    const distance = sums[1] / n;
    planes[1][i] = shift[i] + distance;
    for (let p = 2; p < planes.length; p++) {
      let total = 0;
      for (let j = 0, binomial = 1; j <= p; j++) {
        total += binomial * sums[p - j] * (-distance) ** j;
        binomial = (binomial * (p - j)) / (j + 1);
      }
      planes[p][i] = total;
    }
  }
}

/** What `centre` does for two powers, without its arrays. */
function centreVariances([counts, sums, squares]: Planes, shift: TypedArray): void {
  for (let i = 0; i < shift.length; i++) {
    const n = counts[i];
    if (n === 0) continue;
    const distance = sums[i] / n;
    squares[i] += -2 * sums[i] * distance + n * distance * distance;
    sums[i] = shift[i] + distance;
  }
}

/** Moments of all elements of several blocks. */
export function combineMoments(...blocks: readonly Block[]): Block {
  const [first] = blocks;
  if (blocks.length === 1) return first;
  return newBlock("float64", first.shape, first, (output) => arena().view(output).set(mergedMoments(blocks)));
}

function mergedMoments(blocks: readonly Block[]): TypedArray {
  const [first, ...others] = blocks;
  const merged = new Float64Array(arena().view(first));
  for (const block of others) {
    if (first.shape[0] === 3) mergeVariances(merged, arena().view(block));
    else mergeInto(merged, arena().view(block), first.shape[0]);
  }
  return merged;
}

/** The merge of count, mean and squares: what `mergeInto` does, without its arrays. */
function mergeVariances(into: Float64Array, other: TypedArray): void {
  const size = into.length / 3;
  for (let i = 0; i < size; i++) {
    const own = into[i];
    const more = other[i];
    const mean = into[size + i];
    const delta = own === 0 ? 0 : other[size + i] - mean;
    if (more === 0) continue;
    const n = own + more;
    into[i] = n;
    into[size + i] = own === 0 ? other[size + i] : mean + (delta * more) / n;
    into[2 * size + i] += other[2 * size + i] + (delta * delta * own * more) / n;
  }
}

function mergeInto(into: Float64Array, other: TypedArray, planes: number): void {
  const size = into.length / planes;
  const a = new Array<number>(planes);
  const b = new Array<number>(planes);
  for (let i = 0; i < size; i++) {
    if (other[i] === 0) continue;
    for (let p = 0; p < planes; p++) {
      a[p] = into[p * size + i];
      b[p] = other[p * size + i];
    }
    const merged = a[0] === 0 ? b : merge(a, b);
    for (let p = 0; p < planes; p++) into[p * size + i] = merged[p];
  }
}

/** Count, mean and central sums of two sets together; neither is empty. */
function merge(a: readonly number[], b: readonly number[]): number[] {
  const n = a[0] + b[0];
  const delta = b[1] - a[1];
  const mean = Number.isFinite(delta) ? a[1] + (delta * b[0]) / n : (a[0] * a[1] + b[0] * b[1]) / n;
  const merged = [n, mean];
  for (let p = 2; p < a.length; p++) {
    const fromA = (-b[0] * delta) / n;
    const fromB = (a[0] * delta) / n;
    let total = a[p] + b[p] + a[0] * fromA ** p + b[0] * fromB ** p;
    for (let k = 1, binomial = p; k <= p - 2; k++) {
      total += binomial * (fromA ** k * a[p - k] + fromB ** k * b[p - k]);
      binomial = (binomial * (p - k)) / (k + 1);
    }
    merged.push(total);
  }
  return merged;
}

/** The last merge, and the result: mean, standard deviation or the highest moment. */
export function finishMoments(finish: MomentsFinish, ...blocks: readonly Block[]): Block {
  const values = mergedMoments(blocks);
  const size = values.length / blocks[0].shape[0];
  const shape = finish.shape.some(Number.isNaN) ? [size] : finish.shape;
  return newBlock(finish.dtype, shape, blocks[0], (output) => {
    const target = arena().view(output);
    const top = values.length - size;
    for (let i = 0; i < size; i++) {
      const count = values[i];
      const sum = values[top + i];
      const moment = sum / Math.max(0, count - finish.ddof);
      if (finish.result === "mean") target[i] = count === 0 ? Number.NaN : sum;
      else target[i] = finish.result === "std" ? Math.sqrt(moment) : moment;
    }
  });
}
