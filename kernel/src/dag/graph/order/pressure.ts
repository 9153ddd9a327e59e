/**
 * Results held while one worker runs a sequence.
 * @module
 */
import { degree, type Links } from "../links.js";

/**
 * Number of held results just before each task of the sequence: finished results that still have an
 * unfinished consumer. Results without consumers are not counted.
 * @see Dask `order.diagnostics`, dask/order.py
 */
export function pressureOf(sequence: Int32Array, dependencies: Links, dependents: Links): Int32Array {
  const unused = new Int32Array(dependencies.size);
  for (let i = 0; i < dependencies.size; i++) unused[i] = degree(dependents, i);
  const pressure = new Int32Array(sequence.length);
  let held = 0;
  for (let position = 0; position < sequence.length; position++) {
    const node = sequence[position];
    pressure[position] = held;
    for (let k = dependencies.start[node]; k < dependencies.start[node + 1]; k++) {
      if (--unused[dependencies.to[k]] === 0) held--;
    }
    if (unused[node] > 0) held++;
  }
  return pressure;
}
