/**
 * What anyone may ask of a run: its profile and its trace.
 * @module
 */
import { setImmediate as turn } from "node:timers/promises";
import { ArgumentError } from "../../errors.js";
import type { Run } from "../engine/engine.js";
import { RunProfile } from "./profile.js";
import { RunTimeline } from "./timeline.js";
import { type Trace, traceOf } from "./trace.js";

/** The part of a run that `observationOf` makes. */
export interface Observation {
  /**
   * What the run did: times per task, function and worker, critical path, parallelism. Whole once the results
   * are there, before that as far as it is known. It costs nothing until it is asked for.
   * @throws {ArgumentError} if the run was started with `progress: false`: it tells nothing of its tasks
   * @example const { value, profile } = await run(total); await value; await profile() // shows a table
   */
  profile(): Promise<RunProfile>;
  /**
   * The same as a file for Perfetto or chrome://tracing.
   * @throws {ArgumentError} as `profile`
   * @example await writeFile("run.json", JSON.stringify(await (await run(total)).trace()))
   */
  trace(): Promise<Trace>;
}

/** @param isDetailed whether the events of the run tell of its tasks */
export function observationOf({ events, results }: Pick<Run, "events" | "results">, isDetailed: boolean): Observation {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  results.then(over, over);
  const timeline = () => {
    if (isDetailed) return timelineOf(events, () => isOver);
    throw new ArgumentError("a run with progress: false tells nothing of its tasks: start it without that option", {
      progress: false,
    });
  };
  return {
    profile: async () => new RunProfile(await timeline()),
    trace: async () => traceOf(await timeline()),
  };
}

/** Everything that the run has told; of a run that is over, everything. */
async function timelineOf(events: Run["events"], isOver: () => boolean): Promise<RunTimeline> {
  const timeline = new RunTimeline();
  const reader = { count: 0, isDone: false };
  let heard: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const reading = (async () => {
    for await (const event of events) {
      if (reader.isDone) return;
      timeline.apply(event);
      reader.count += 1;
      heard();
    }
    // The engine went away in the middle of the run, or nothing had to run.
    if (timeline.runState === "running") timeline.runState = reader.count === 0 ? "finished" : "cancelled";
  })();
  await Promise.race([first, reading]);
  // Events that were there already come one after the other, from another thread within a few turns.
  for (let before = 0; before < reader.count && !isOver(); await turn()) before = reader.count;
  if (isOver()) await reading;
  reader.isDone = true;
  return timeline;
}
