/**
 * A run in the Trace Event Format, which chrome://tracing and Perfetto open ("JSON Object Format" of
 * https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU).
 * @module
 */
import { type StateName, stateNames } from "./profile-parts.js";
import { lengthOf, NONE, type RunTimeline } from "./timeline.js";

/** Times and lengths are microseconds since the run began. */
export type TraceEvent =
  /** names the run or a worker */
  | {
      readonly ph: "M";
      readonly name: "process_name" | "thread_name";
      readonly pid: number;
      readonly tid: number;
      readonly args: { readonly name: string };
    }
  /** one attempt of a task on its worker (`tid`) */
  | {
      readonly ph: "X";
      readonly name: string;
      readonly cat: "task";
      readonly pid: number;
      readonly tid: number;
      readonly ts: number;
      readonly dur: number;
      /** `bytes` of its result, if that came to the engine */
      readonly args: { readonly key: string; readonly state: StateName; readonly bytes?: number };
    }
  /** bytes held by results */
  | {
      readonly ph: "C";
      readonly name: "memory";
      readonly pid: number;
      readonly ts: number;
      readonly args: { readonly bytes: number };
    };

/** A file for chrome://tracing or https://ui.perfetto.dev, once it is JSON. */
export interface Trace {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: "ms";
  /** `startedAt`: ISO 8601 */
  readonly otherData: { readonly run: string; readonly title: string; readonly startedAt: string };
}

const PID = 1;

/** The trace of a run as far as its timeline goes; tasks that still run end at the last event. */
export function traceOf(timeline: RunTimeline): Trace {
  const { started, attempts, memory, last, bytes } = timeline;
  const { groups, groupOf, keys, title, run } = started;
  const workers = attempts.reduce((most, { worker }) => Math.max(most, worker + 1), started.workers);
  const events: TraceEvent[] = [name("process_name", 0, title)];
  for (let worker = 0; worker < workers; worker++) events.push(name("thread_name", worker, `worker ${worker}`));
  for (const [i, attempt] of attempts.entries()) {
    const { task, worker, outcome } = attempt;
    const hasResult = last[task] === i && bytes[task] !== NONE;
    const args = { key: keys[task], state: stateNames[outcome], ...(hasResult && { bytes: bytes[task] }) };
    const [ts, dur] = [attempt.start * 1_000, lengthOf(attempt, timeline) * 1_000];
    events.push({ ph: "X", name: groups[groupOf[task]], cat: "task", pid: PID, tid: worker, ts, dur, args });
  }
  for (const { time: at, bytes: held } of memory) {
    events.push({ ph: "C", name: "memory", pid: PID, ts: at * 1_000, args: { bytes: held } });
  }
  const otherData = { run, title, startedAt: new Date(started.time).toISOString() };
  return { traceEvents: events, displayTimeUnit: "ms", otherData };
}

function name(what: "process_name" | "thread_name", tid: number, text: string): TraceEvent {
  return { ph: "M", name: what, pid: PID, tid, args: { name: text } };
}
