/**
 * One clock for all threads of the process.
 * @module
 */

/** readings of both clocks; the system may stop the thread between two of one pair, hardly of all */
const READINGS = 9;

// `performance.now()` counts from the start of its own thread; `hrtime` is the same everywhere but slower to read.
const offset = offsetOf();

/** Milliseconds that never go back; differences between threads are true to about a microsecond. */
export function now(): number {
  return performance.now() + offset;
}

/** `hrtime` less `performance.now()`, from the pair of readings that took the least time. */
function offsetOf(): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < READINGS; i++) {
    const before = performance.now();
    const common = Number(process.hrtime.bigint()) / 1e6;
    const after = performance.now();
    if (after - before >= least) continue;
    least = after - before;
    best = common - (before + after) / 2;
  }
  return best;
}
