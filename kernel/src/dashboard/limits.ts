/**
 * How much of a run is kept and sent. Labels and messages come from users and may be of any length.
 * @module
 */

export const KEY_LIMIT = 200;
export const MESSAGE_LIMIT = 2_000;
export const STACK_LIMIT = 8_000;
export const ERROR_LIMIT = 100;
/** Bundles and deltas tell each task up to this many, above sums. */
export const TOLD_TASKS = 10_000;
/** Of a run with more tasks than this a view hears twice a second, of others 20 times. */
export const VAST_TASKS = 100_000;
export const MEMORY_POINTS = 200;

/** Milliseconds to a hundredth: shorter in JSON, and nobody sees less. */
export function roundMs(ms: number): number {
  return Math.round(ms * 100) / 100;
}
