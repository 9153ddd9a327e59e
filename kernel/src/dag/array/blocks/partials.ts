/**
 * Folding of small arrays of partial results in JavaScript.
 * @module
 */
import { sizeOf } from "../../memory/strides.js";
import type { Combine } from "../emitter/combine.js";

/** How partial results of one kind, numbers or bigints, are combined, and what holds those in between. */
export interface Arithmetic<Item> {
  readonly combine: (a: Item, b: Item) => Item;
  readonly make: (length: number) => { readonly length: number; [index: number]: Item };
}

/** For numbers; `max` and `min` let a NaN through, as NumPy does. */
export function numberArithmetic(combine: Combine): Arithmetic<number> {
  return { combine: functions[combine], make: (length) => new Float64Array(length) };
}

/** For integers of 64 bits. Sums and products wrap around when they are stored. */
export function longArithmetic(combine: Combine): Arithmetic<bigint> {
  return { combine: longFunctions[combine], make: (length) => new Array<bigint>(length) };
}

const functions: Readonly<Record<Combine, (a: number, b: number) => number>> = {
  sum: (a, b) => a + b,
  prod: (a, b) => a * b,
  // Math.max and Math.min give NaN if either is NaN
  max: Math.max,
  min: Math.min,
  fmax: (a, b) => (Number.isNaN(a) || a < b ? b : a),
  fmin: (a, b) => (Number.isNaN(a) || a > b ? b : a),
  any: Math.max,
  all: Math.min,
};

const larger = (a: bigint, b: bigint) => (a < b ? b : a);
const smaller = (a: bigint, b: bigint) => (a > b ? b : a);
const longFunctions: Readonly<Record<Combine, (a: bigint, b: bigint) => bigint>> = {
  sum: (a, b) => BigInt.asUintN(64, a + b),
  prod: (a, b) => BigInt.asUintN(64, a * b),
  ...{ max: larger, min: smaller, fmax: larger, fmin: smaller, any: larger, all: smaller },
};

/**
 * Reduces the axes for which `reduced` is true, the last one first; what is left is in C order.
 * @param values elements of `shape` in C order; not changed
 */
export function reduceAxes<Item>(
  values: ArrayLike<Item>,
  shape: readonly number[],
  reduced: readonly boolean[],
  { combine, make }: Arithmetic<Item>,
): ArrayLike<Item> {
  let current = values;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (!reduced[axis]) continue;
    const inner = sizeOf(shape.slice(axis + 1).filter((_, i) => !reduced[axis + 1 + i]));
    const count = shape[axis];
    const outer = sizeOf(shape.slice(0, axis));
    const next = make(outer * inner);
    for (let i = 0; i < outer; i++) {
      for (let j = 0; j < inner; j++) next[i * inner + j] = fold(current, i * count * inner + j, inner, count, combine);
    }
    current = next;
  }
  return current;
}

/** Combines `count` elements pairwise: the error of a sum grows with the logarithm of their number. */
function fold<Item>(
  values: ArrayLike<Item>,
  start: number,
  step: number,
  count: number,
  f: (a: Item, b: Item) => Item,
): Item {
  if (count <= 8) {
    let result = values[start];
    for (let i = 1; i < count; i++) result = f(result, values[start + i * step]);
    return result;
  }
  const half = count >> 1;
  return f(fold(values, start, step, half, f), fold(values, start + half * step, step, count - half, f));
}
