/**
 * One clock for all threads of the process.
 * @module
 */

// `performance.now()` counts from the start of its own thread; `hrtime` is the same everywhere but slower to read.
const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** Milliseconds that never go back; differences between threads are true to about a microsecond. */
export function now(): number {
  return performance.now() + offset;
}
