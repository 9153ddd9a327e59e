/**
 * Futures: calls that start at once, after Dask's `Client.submit` and Python's `concurrent.futures`.
 * @module
 */
export { type AsCompleted, asCompleted } from "./as-completed.js";
export type { Future, ResultOptions } from "./future.js";
export type { FutureStatus } from "./future-core.js";
export { type GatherOptions, gather } from "./gather.js";
export { map, mapWith, submit, submitWith } from "./submit.js";
export type { MapOptions, SubmitOptions } from "./submit-options.js";
export { type Waited, type WaitOptions, wait } from "./wait.js";
