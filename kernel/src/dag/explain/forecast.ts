/**
 * What a run would cost, before it runs.
 * @module
 */
import { availableParallelism } from "node:os";
import { anyBoolean, checkOptions, type Expectation, type Expectations, oneOf, wholeNumber } from "../check-options.js";
import { POLICIES, type PolicyName } from "../engine/policies/policy-name.js";
import { type HeldOverTime, simulate } from "../engine/simulate.js";
import type { PackedGraph } from "../graph/packed.js";
import { durationsOf, type KnownCosts, sizesOf, type TaskCosts } from "./costs.js";
import { type ExplainSource, packedOnPaper, sourceOf } from "./source.js";
import { type StreamEntry, streamEntries } from "./stream-entry.js";

/** What is known of a run. */
export interface ForecastOptions {
  /** default: one per core */
  readonly workers?: number;
  /** default `combined` */
  readonly policy?: PolicyName;
  /** milliseconds by key or by name of a function; what is left out counts as the mean of the others */
  readonly durations?: KnownCosts;
  /** bytes of results by key or by name of a function; goes before the option `memory` of tasks */
  readonly sizes?: KnownCosts;
  /** false: linear chains of tasks are not joined; default true, as in `compute` */
  readonly optimize?: boolean;
}

/** What a run would do, by a simulation with the scheduler of real runs. */
export interface Forecast {
  readonly policy: PolicyName;
  readonly workers: number;
  /** from the first task to the end of the last */
  readonly makespan: number;
  /** of `makespan` and of the stream; `tasks` if no duration is known: every task takes 1 */
  readonly timeUnit: "ms" | "tasks";
  /** most that results held at one time, as a run tells it: with those asked for, inputs still held when a result is there */
  readonly peak: number;
  /** most that was held for tasks which had not run, as `diagnostics` in "dagbook/graph" counts it */
  readonly pressure: number;
  /** results that went from the worker that made them to another, once for each worker that needed them */
  readonly moved: number;
  /** of `peak`, `pressure` and `moved`; `results` if no size is known: every result counts 1 */
  readonly unit: "bytes" | "results";
  /** what results held when, in `unit`; its highest is `peak` */
  readonly memory: HeldOverTime;
  /** who would run what when */
  readonly stream: readonly StreamEntry[];
}

/** Checked where the names are known. */
export const costs: Expectation = {
  text: "an object or a Map with numbers by key or by name of a function",
  test: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

const expectations: Expectations<ForecastOptions> = {
  workers: wholeNumber(1),
  policy: oneOf(POLICIES),
  durations: costs,
  sizes: costs,
  optimize: anyBoolean,
};

/**
 * Peak, makespan and traffic of a run that has not happened; nothing runs.
 * @param source a raw graph (then every key that no other needs is wanted), something lazy, or a list of such
 * @throws {ArgumentError} if an option makes no sense, a name in `sizes` or `durations` is not in the graph, or nothing
 *   is lazy
 * @throws {GraphError} if the graph is not runnable
 * @example forecast({ a: task(load), b: task(sum, ref("a")) }, { workers: 1, sizes: { load: 8e6, sum: 8 } }).peak // 8000008
 */
export function forecast(source: ExplainSource, options: ForecastOptions = {}): Forecast {
  checkOptions("forecast", options, expectations);
  const { policy = "combined", optimize = true, ...known } = options;
  return new Forecaster(packedOnPaper(sourceOf(source), optimize), known).forecast(policy);
}

/** Forecasts of one graph under several policies. */
export class Forecaster {
  readonly workers: number;
  readonly #graph: PackedGraph;
  readonly #durations: TaskCosts;
  readonly #sizes: TaskCosts;

  /** @throws {ArgumentError} if a name in `sizes` or `durations` is not in the graph */
  constructor(graph: PackedGraph, known: Pick<ForecastOptions, "workers" | "durations" | "sizes">) {
    this.workers = known.workers ?? availableParallelism();
    this.#graph = graph;
    this.#durations = durationsOf(graph, known.durations);
    this.#sizes = sizesOf(graph, known.sizes);
  }

  /** `[tasks]` what each result counts. */
  get sizes(): Float64Array {
    return this.#sizes.values;
  }

  get unit(): Forecast["unit"] {
    return this.#sizes.isKnown ? "bytes" : "results";
  }

  forecast(policy: PolicyName): Forecast {
    const { workers, unit } = this;
    const [durations, sizes] = [this.#durations.values, this.#sizes.values];
    const { stream, ...figures } = simulate(this.#graph, { workers, policy, durations, sizes });
    const timeUnit = this.#durations.isKnown ? "ms" : "tasks";
    return { policy, workers, ...figures, timeUnit, unit, stream: streamEntries(this.#graph, stream) };
  }
}
