/**
 * What a run did under a policy.
 * @module
 */

import type { ComputeOptions, ComputeRun } from "../compute-options.js";
import { State } from "../engine/events.js";
import type { PolicyName } from "../engine/policies/policy-name.js";
import { type HeldOverTime, movedBetweenWorkers, type Stream } from "../engine/simulate.js";
import type { EngineChoice } from "../engine-choice.js";
import { type Attempt, NONE, RunTimeline } from "../observe/timeline.js";
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
  /** bytes that results held when, as the engine told it */
  readonly memory: HeldOverTime;
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
    memory: memoryOf(timeline),
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

/** Counted from the first begin of a task, as the stream is. */
function memoryOf(timeline: RunTimeline): HeldOverTime {
  const first = resultsOf(timeline)[0]?.start ?? 0;
  const { memory } = timeline;
  return { time: memory.map(({ time }) => Math.max(0, time - first)), held: memory.map(({ bytes }) => bytes) };
}

/** Attempts that gave a result, in the order in which they began. */
function resultsOf({ attempts }: RunTimeline): readonly Attempt[] {
  const done = attempts.filter(({ end, outcome }) => end !== NONE && isResult(outcome));
  return done.sort((a, b) => a.start - b.start);
}

/** Who ran what, counted from the first begin. */
function streamOf(timeline: RunTimeline): Stream {
  const done = resultsOf(timeline);
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
