/**
 * What a notebook or a script imports: task graphs on all cores, with plain functions.
 * @example
 * import { da, delayed } from "dagbook";
 * const inc = delayed((x: number) => x + 1);
 * await inc(inc(1)).compute(); // 3, on worker threads
 * await da.ones([1000, 1000], { chunks: 250 }).add(1).sum().compute(); // 2000000
 * @module
 */
export {
  type AnyArray,
  type BlockInfo,
  type BlockResult,
  type BlockwiseOptions,
  type ChunkedArray,
  da,
  type MapBlocksOptions,
  type ScalarFunction,
  type ScalarMapOptions,
  type Slice,
  slice,
} from "./dag/array/index.js";
export type { Collection } from "./dag/collection.js";
export { compute, computeWith, persist, persistWith, release, run, runWith } from "./dag/compute.js";
export type { ComputeOptions, ComputeRun } from "./dag/compute-options.js";
export type { Computed, Lazy } from "./dag/computed.js";
export { type Delayed, type DelayedFunction, type DelayedOptions, delayed } from "./dag/delayed.js";
export type { Engine, Run } from "./dag/engine/engine.js";
export type { RunEvent } from "./dag/engine/events.js";
export type { PolicyName } from "./dag/engine/policies/policy-name.js";
export type { HeldOverTime } from "./dag/engine/simulate.js";
export { progress, taskSignal } from "./dag/engine/task-context.js";
export type { KnownCosts } from "./dag/explain/costs.js";
export { type ExplainOptions, explain } from "./dag/explain/explain.js";
export type { Explanation } from "./dag/explain/explanation.js";
export { type Forecast, type ForecastOptions, forecast } from "./dag/explain/forecast.js";
export type { Measured } from "./dag/explain/measure.js";
export type { PolicyFigures } from "./dag/explain/policy-figures.js";
export type { StreamEntry } from "./dag/explain/stream-entry.js";
export {
  type AsCompleted,
  asCompleted,
  type Future,
  type FutureStatus,
  type GatherOptions,
  gather,
  type MapOptions,
  map,
  mapWith,
  type ResultOptions,
  type SubmitOptions,
  submit,
  submitWith,
  type Waited,
  type WaitOptions,
  wait,
} from "./dag/futures/index.js";
export { type GetOptions, type GetRequest, get } from "./dag/get.js";
export type { Key } from "./dag/graph/key.js";
export { ref, task } from "./dag/graph/task.js";
export type { GraphPicture } from "./dag/graph-picture.js";
export type { Holder } from "./dag/memory/holders.js";
export type { MemoryReport } from "./dag/memory/memory-report.js";
export { NDArray } from "./dag/memory/nd-array.js";
export type { Callbacks } from "./dag/observe/callbacks.js";
export type { RunProfile } from "./dag/observe/profile.js";
export type { Trace } from "./dag/observe/trace.js";
export { resultOf } from "./dag/repeated-results.js";
export { type VisualizeOptions, visualize, visualizeWith } from "./dag/visualize.js";
export * from "./errors.js";
export { type Comm, type CommEvent, type CommExtras, type CommListener, type Comms, comms } from "./session/comms.js";
export { clearOutput, type DisplayHandle, type DisplayOptions, display } from "./session/display/display.js";
export { type InputOptions, input, prompt, setNextInput } from "./session/input.js";
