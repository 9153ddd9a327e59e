/**
 * Looking at graphs before they run.
 * @module
 */
import type { ComputeOptions } from "./compute-options.js";
import { describeGraph } from "./graph/pack.js";
import { GraphPicture } from "./graph-picture.js";
import { Wanted } from "./wanted.js";

/** `optimize`: as the graph would run, with linear chains joined; `title`: its name. */
export type VisualizeOptions = Pick<ComputeOptions, "optimize" | "title">;

/**
 * A picture of the graph that `compute` would run for the same values; nothing runs. In a kernel it draws
 * itself as the result of a cell, elsewhere it is text.
 * @throws {GraphError} if the graph is not runnable
 * @throws {ArgumentError} for a delayed function that was not called
 * @example console.log(String(visualize(delayed(Math.abs)(-1)))) // "abs: 1 task", then a line per task
 */
export function visualize(...values: readonly unknown[]): GraphPicture {
  return visualizeWith({}, ...values);
}

/**
 * `visualize` with options.
 * @throws {ArgumentError} if an option is unknown or is not what it must be; else as `visualize`
 * @example visualizeWith({ optimize: true }, total) // linear chains joined, as it would run
 */
export function visualizeWith(options: VisualizeOptions, ...values: readonly unknown[]): GraphPicture {
  const wanted = new Wanted(values, options);
  const shape = describeGraph(wanted.graph, wanted.keys, options.optimize ?? false);
  return new GraphPicture(shape, options.title ?? wanted.title);
}
