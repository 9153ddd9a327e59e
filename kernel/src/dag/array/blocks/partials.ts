/**
 * Folding of small arrays of partial results in JavaScript.
 * @module
 */
import type { TypedArray } from "../../memory/dtype.js";
import { sizeOf } from "../../memory/strides.js";
import type { Combine } from "../emitter/combine.js";

/** The function that combines two partial results; `max` and `min` let a NaN through, as NumPy does. */
export function combiner(combine: Combine): (a: number, b: number) => number {
  return functions[combine];
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

/**
 * Reduces the axes for which `reduced` is true, the last one first; what is left is in C order.
 * @param values elements of `shape` in C order; not changed
 */
export function reduceAxes(
  values: TypedArray,
  shape: readonly number[],
  reduced: readonly boolean[],
  combine: Combine,
): ArrayLike<number> {
  const f = combiner(combine);
  let current: ArrayLike<number> = values;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (!reduced[axis]) continue;
    const inner = sizeOf(shape.slice(axis + 1).filter((_, i) => !reduced[axis + 1 + i]));
    const count = shape[axis];
    const outer = sizeOf(shape.slice(0, axis));
    const next = new Float64Array(outer * inner);
    for (let i = 0; i < outer; i++) {
      for (let j = 0; j < inner; j++) next[i * inner + j] = fold(current, i * count * inner + j, inner, count, f);
    }
    current = next;
  }
  return current;
}

/** Combines `count` elements pairwise: the error of a sum grows with the logarithm of their number. */
function fold(
  values: ArrayLike<number>,
  start: number,
  step: number,
  count: number,
  f: (a: number, b: number) => number,
): number {
  if (count <= 8) {
    let result = values[start];
    for (let i = 1; i < count; i++) result = f(result, values[start + i * step]);
    return result;
  }
  const half = count >> 1;
  return f(fold(values, start, step, half, f), fold(values, start + half * step, step, count - half, f));
}
