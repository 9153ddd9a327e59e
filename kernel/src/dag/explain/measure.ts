/**
 * What a run did under a policy.
 * @module
 */

import type { ComputeOptions, ComputeRun } from "../compute-options.js";
import { State } from "../engine/events.js";
import type { PolicyName } from "../engine/policies/policy-name.js";
import { movedBetweenWorkers, type Stream } from "../engine/simulate.js";
import type { EngineChoice } from "../engine-choice.js";
import { NONE, RunTimeline } from "../observe/timeline.js";
import { startGraph } from "../start.js";
import type { Source } from "./source.js";
import { type StreamEntry, streamEntries } from "./stream-entry.js";

/** What a run did, from its events. */
export interface Measured {
  /** milliseconds from the begin of the first task to the end of the last */
  readonly makespan: number;
  /**
   * bytes: highest sum of results that the engine held. Results that are used only inside one batch are never held, so
   * it may be less than a forecast.
   */
  readonly peak: number;
  /** as `Forecast.moved`, in its unit: by who ran what, not by what went through wires */
  readonly moved: number;
  /** who ran what when, in milliseconds */
  readonly stream: readonly StreamEntry[];
}

export interface MeasureOptions {
  readonly engine: EngineChoice;
  readonly workers: number;
  readonly optimize: boolean;
  readonly title: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs the graph under the policy and throws its results away.
 * @param sizes `[tasks]` what each result counts in `moved`
 * @throws {TaskError} if a task threw
 */
export async function measure(
  source: Source,
  policy: PolicyName,
  options: MeasureOptions,
  sizes: Float64Array,
): Promise<Measured> {
  const run = await begin(source, { ...options, policy });
  await run.value;
  const timeline = new RunTimeline();
  for await (const event of run.events) timeline.apply(event);
  const { started, peak } = timeline;
  const stream = streamOf(timeline);
  const moved = movedBetweenWorkers(started, stream, sizes);
  return {
    makespan: stream.end.reduce((latest, end) => Math.max(latest, end), 0),
    peak,
    moved,
    stream: streamEntries(started, stream),
  };
}

/**
 * Runs the graph once, without a view: workers are there afterwards, and have its functions.
 * @throws {TaskError} if a task threw
 */
export async function warmUp(source: Source, options: MeasureOptions): Promise<void> {
  await (await begin(source, { ...options, progress: false })).value;
}

function begin(
  { graph, keys }: Source,
  { engine, signal, title, ...others }: MeasureOptions & Pick<ComputeOptions, "policy" | "progress">,
): Promise<ComputeRun<undefined>> {
  const options = { ...others, title, ...(engine && { engine }), ...(signal && { signal }) };
  return startGraph({ graph, keys, options, title, keep: false, alsoRun: [], finish: () => undefined });
}

/** Attempts that gave a result, in the order in which they began, counted from the first begin. */
function streamOf({ attempts }: RunTimeline): Stream {
  const done = attempts.filter(({ end, outcome }) => end !== NONE && isResult(outcome));
  done.sort((a, b) => a.start - b.start);
  const first = done[0]?.start ?? 0;
  return {
    task: done.map(({ task }) => task),
    worker: done.map(({ worker }) => worker),
    start: done.map(({ start }) => start - first),
    end: done.map(({ end }) => end - first),
  };
}

function isResult(outcome: number): boolean {
  return outcome === State.memory || outcome === State.released;
}
