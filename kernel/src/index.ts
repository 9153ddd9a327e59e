/**
 * What a notebook or a script imports: task graphs on all cores, with plain functions.
 * @module
 */
export type { Collection } from "./dag/collection.js";
export { compute, computeWith, persist, persistWith, run, runWith } from "./dag/compute.js";
export type { ComputeOptions, ComputeRun } from "./dag/compute-options.js";
export type { Computed, Lazy } from "./dag/computed.js";
export { Delayed, type DelayedFunction, type DelayedOptions, delayed } from "./dag/delayed.js";
export type { Engine, Run } from "./dag/engine/engine.js";
export type { RunEvent } from "./dag/engine/events.js";
export { type GetOptions, type GetRequest, get } from "./dag/get.js";
export type { Key } from "./dag/graph/key.js";
export { ref, task } from "./dag/graph/task.js";
export type { GraphPicture } from "./dag/graph-picture.js";
export { type VisualizeOptions, visualize, visualizeWith } from "./dag/visualize.js";
export * from "./errors.js";
