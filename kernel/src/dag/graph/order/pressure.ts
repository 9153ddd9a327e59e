/**
 * Results held while one worker runs a sequence.
 * @module
 */
import { degree, type Links } from "../links.js";

/**
 * Held results just before each task of the sequence: finished results that still have an unfinished
 * consumer. Results without consumers are not counted.
 * @param sizes `[size]` what each result counts, for example its bytes; 1 each to count results
 * @returns `[sequence.length]`
 * @see Dask `order.diagnostics`, dask/order.py
 */
export function pressureOf(
  sequence: Int32Array,
  dependencies: Links,
  dependents: Links,
  sizes: Float64Array,
): Float64Array {
  const unused = new Int32Array(dependencies.size);
  for (let i = 0; i < dependencies.size; i++) unused[i] = degree(dependents, i);
  const pressure = new Float64Array(sequence.length);
  let held = 0;
  for (let position = 0; position < sequence.length; position++) {
    const node = sequence[position];
    pressure[position] = held;
    for (let k = dependencies.start[node]; k < dependencies.start[node + 1]; k++) {
      const dependency = dependencies.to[k];
      if (--unused[dependency] === 0) held -= sizes[dependency];
    }
    if (unused[node] > 0) held += sizes[node];
  }
  return pressure;
}

/** What a sequence holds at most, and in sum over its tasks. */
export interface Cost {
  readonly peak: number;
  readonly sum: number;
}

/** The cost of a sequence with this pressure. */
export function costOf(pressure: Float64Array): Cost {
  let peak = 0;
  let sum = 0;
  for (const held of pressure) {
    if (held > peak) peak = held;
    sum += held;
  }
  return { peak, sum };
}

/** Whether `a` holds less at most, or as much and less in sum. */
export function isCheaper(a: Cost, b: Cost): boolean {
  return a.peak < b.peak || (a.peak === b.peak && a.sum < b.sum);
}

/** No sequence holds less at most than the inputs of the task that needs most. */
export function lowestPeak(dependencies: Links, sizes: Float64Array): number {
  const { start, to, size } = dependencies;
  let lowest = 0;
  for (let i = 0; i < size; i++) {
    let inputs = 0;
    for (let k = start[i]; k < start[i + 1]; k++) inputs += sizes[to[k]];
    if (inputs > lowest) lowest = inputs;
  }
  return lowest;
}
