/**
 * A run in the Trace Event Format, which chrome://tracing and Perfetto open ("JSON Object Format" of
 * https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU). The same events as the library's
 * `trace` writes, as far as a view knows the run: the last attempt of each task, no sizes of results.
 * @module
 */
import type { RunBundle } from "dagbook/dashboard-messages";
import { isDone, State } from "../store/state.js";

/** Times and lengths are microseconds since the run began. */
export interface ChromeTrace {
  readonly traceEvents: readonly object[];
  readonly displayTimeUnit: "ms";
  /** `startedAt`: ISO 8601 */
  readonly otherData: { readonly run: string; readonly title: string; readonly startedAt: string };
}

const PID = 1;
const STATE_NAMES = Object.keys(State);

/** The trace of a run; tasks that still run end now. Without tasks it has the memory only. */
export function chromeTrace(bundle: RunBundle): ChromeTrace {
  const { groups, memory, run, tasks, title, workers } = bundle;
  const lanes = (tasks?.worker ?? []).reduce((most, worker) => Math.max(most, worker + 1), workers);
  const events: object[] = [name("process_name", 0, title)];
  for (let worker = 0; worker < lanes; worker++) events.push(name("thread_name", worker, `worker ${worker}`));
  const started = tasks ? [...tasks.start.keys()].filter((task) => tasks.start[task]! >= 0) : [];
  for (const task of started.sort((a, b) => tasks!.start[a]! - tasks!.start[b]!)) {
    const { end, group, key, start, state, worker } = tasks!;
    const label = groups[group[task]!]!.name;
    const [ts, until] = [start[task]!, end[task]! < 0 ? (bundle.t1 ?? bundle.now) : end[task]!];
    const args = { key: key[task] ?? `${label} ${task}`, state: outcome(state[task]!) };
    const dur = (until - ts) * 1_000;
    events.push({ ph: "X", name: label, cat: "task", pid: PID, tid: worker[task], ts: ts * 1_000, dur, args });
  }
  for (const [k, at] of memory.t.entries()) {
    events.push({ ph: "C", name: "memory", pid: PID, ts: at * 1_000, args: { bytes: memory.bytes[k] } });
  }
  const otherData = { run, title, startedAt: new Date(bundle.t0).toISOString() };
  return { traceEvents: events, displayTimeUnit: "ms", otherData };
}

/** How an attempt ended: what became of its result later is not told. */
function outcome(state: number): string {
  return STATE_NAMES[isDone(state) ? State.memory : state]!;
}

function name(what: "process_name" | "thread_name", tid: number, text: string): object {
  return { ph: "M", name: what, pid: PID, tid, args: { name: text } };
}
