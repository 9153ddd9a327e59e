import { State } from "../dag/engine/events.js";
import { formatBytes } from "../format-bytes.js";
import { counted, formatMs } from "./format.js";
import type { RunBundle } from "./messages.js";

/** Tasks by how they stand, as pictures and tables count them. */
export interface Totals {
  readonly n: number;
  readonly done: number;
  /** threw */
  readonly failed: number;
  readonly running: number;
  readonly queued: number;
  /** will not run: cancelled, or they need a task that threw */
  readonly stopped: number;
}

/** Tasks of one group, or of the whole run. */
export function totalsOf(bundle: RunBundle, group?: number): Totals {
  const groups = group === undefined ? bundle.groups : [bundle.groups[group]];
  const sum = (...states: readonly number[]): number =>
    groups.reduce((total, { counts }) => states.reduce((part, state) => part + counts[state], total), 0);
  const failed = failures(bundle, group) ?? sum(State.erred);
  return {
    n: groups.reduce((total, { n }) => total + n, 0),
    done: sum(State.memory, State.released),
    failed,
    running: sum(State.processing),
    queued: sum(State.queued),
    stopped: sum(State.erred, State.cancelled) - failed,
  };
}

/** Tasks that threw; undefined where the bundle does not say whose they are. */
function failures({ errors, tasks }: RunBundle, group: number | undefined): number | undefined {
  if (tasks === null && errors.length > 0) return undefined;
  const failed = new Set(errors.map(({ task }) => task));
  return [...failed].filter((task) => group === undefined || tasks?.group[task] === group).length;
}

const STATE_WORDS: Readonly<Record<RunBundle["state"], string>> = {
  planned: "not run yet",
  running: "running",
  finished: "finished",
  erred: "failed",
  cancelled: "cancelled",
};

/** How the run stands: `["running", "465 of 778 tasks", "7 running"]`. */
export function standing(bundle: RunBundle): string[] {
  const { n, done, running, stopped } = totalsOf(bundle);
  const word = bundle.isPaused ? "paused" : STATE_WORDS[bundle.state];
  if (bundle.state === "planned") return [word, counted(n, "task")];
  const parts = [word, done === n ? counted(n, "task") : `${done.toLocaleString("en-US")} of ${counted(n, "task")}`];
  if (running > 0 && bundle.state === "running") parts.push(`${running} running`);
  if (stopped > 0) parts.push(`${stopped.toLocaleString("en-US")} not run`);
  return parts;
}

/** Bytes; less is not worth a word. */
export const LEAST_PEAK = 1024;

/** What it took: `["10.1 s", "8 workers", "peak memory 1.84 GiB"]`. */
export function figures(bundle: RunBundle): string[] {
  if (bundle.state === "planned") return [];
  const parts = [formatMs(bundle.t1 ?? bundle.now), counted(bundle.workers, "worker")];
  if (bundle.peak >= LEAST_PEAK) parts.push(`peak memory ${formatBytes(bundle.peak)}`);
  return parts;
}
