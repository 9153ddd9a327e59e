/**
 * One message of each kind between kernel and view, as the kernel makes them from simulated runs. The JSON
 * files in fixtures/dashboard hold them for the tests of both sides.
 */
import type { Column, RunEvent, RunStarted } from "../../kernel/src/dag/engine/events.js";
import { bundleOf, plannedBundle } from "../../kernel/src/dashboard/bundle.js";
import { Deltas } from "../../kernel/src/dashboard/deltas.js";
import type {
  KernelMessage,
  RunBundle,
  RunListMessage,
  ViewMessage,
  WatchMessage,
} from "../../kernel/src/dashboard/messages.js";
import { RunList } from "../../kernel/src/dashboard/run-list.js";
import { RunStore } from "../../kernel/src/dashboard/run-store.js";
import { type LoggedTask, TaskLog } from "../../kernel/src/dashboard/task-log.js";
import { blockGraph, type SimulationOptions, simulate, smallGraph } from "./simulated-run.js";

const SMALL: SimulationOptions = { run: "run-13", title: "report", workers: 4 };
const LARGE: SimulationOptions = { run: "run-778", title: "A @ B → norm", workers: 8 };
/** Half of the small run: four tasks are read, two of them cleaned. */
const HALF_MS = 1_240;

type Fixture = RunBundle | KernelMessage | ViewMessage | RunListMessage | WatchMessage;

export function dashboardFixtures(): Readonly<Record<string, Fixture>> {
  const run = SMALL.run;
  const [started, ...events] = simulate(smallGraph(), { ...SMALL, failing: 8 });
  const store = new RunStore(started);
  const deltas = new Deltas(store);
  const later = events.filter((event) => "time" in event && timeOf(event.time) > HALF_MS);
  for (const event of events.slice(0, events.length - later.length)) store.apply(event);
  const half = bundleOf(store, { seq: 3, now: HALF_MS, use: "saved" });
  store.apply({ type: "progress", run, task: [7], fraction: [0.5] });
  deltas.note({ type: "progress", run, task: [7], fraction: [0.5] });
  for (const event of events.slice(events.length - later.length)) {
    store.apply(event);
    deltas.note(event);
  }
  const delta = deltas.take(4, store.now);
  const end = bundleOf(store, { seq: 5, now: store.now, use: "saved" });
  return {
    "bundle-13": finished(smallGraph(), SMALL),
    "bundle-778": finished(blockGraph(), LARGE),
    "bundle-planned": plannedBundle(started),
    snapshot: { kind: "snapshot", run, bundle: half },
    delta,
    end: { kind: "end", run, bundle: end },
    unknown: { kind: "unknown", run },
    subscribe: { kind: "subscribe", run },
    unsubscribe: { kind: "unsubscribe", run },
    "snapshot-request": { kind: "snapshot", run },
    cancel: { kind: "cancel", run },
    watch: { kind: "watch" },
    unwatch: { kind: "unwatch" },
    runs: runList(),
    pause: { kind: "pause", run },
    resume: { kind: "resume", run },
    retry: { kind: "retry", run },
    rerun: { kind: "rerun", run },
    inspect: { kind: "inspect", run, task: 8 },
    paused: { kind: "paused", run, isPaused: true },
    repeated: { kind: "repeated", run, by: "run-14" },
    refused: { kind: "refused", run, reason: "run run-13 is not kept any more and cannot run again: run its cell" },
    task: { kind: "task", run, ...logged(started, events), args: ["clean 0", '"ridge"', "0.5"] },
  };
}

/** A kernel with the failed small run, and the large one half-way. */
function runList(): RunListMessage {
  let told: RunListMessage | undefined;
  const list = new RunList(
    () => ({ workers: 8, bytes: 327_155_712, limit: 1_073_741_824 }),
    () => 1_795_000_009_000,
  );
  for (const [graph, options] of [
    [smallGraph(), { ...SMALL, failing: 8 }],
    [blockGraph(), { ...LARGE, until: 9_000 }],
  ] as const) {
    const [started, ...events] = simulate(graph, options);
    const store = new RunStore(started);
    for (const event of events) store.apply(event);
    list.add(store);
  }
  const watcher = {
    send: (message: RunListMessage) => {
      told = message;
    },
  };
  list.watch(watcher);
  list.unwatch(watcher);
  return told!;
}

/** The task that failed, which had printed. */
function logged(started: RunStarted, events: readonly RunEvent[]): LoggedTask {
  const { run } = started;
  const log = new TaskLog(started);
  for (const event of events) log.apply(event);
  log.apply({ type: "output", run, task: 8, name: "stdout", text: "fitting\n" });
  log.apply({ type: "sizes", run, task: [8], bytes: [4096] });
  const task = log.task(8);
  if (task === undefined) throw new Error("the run has no task 8");
  return task;
}

function finished(tasks: ReturnType<typeof smallGraph>, options: SimulationOptions): RunBundle {
  const [started, ...events] = simulate(tasks, options);
  const store = new RunStore(started);
  for (const event of events) store.apply(event);
  return bundleOf(store, { seq: 9, now: store.now, use: "saved" });
}

function timeOf(time: number | Column): number {
  return typeof time === "number" ? time : time[0];
}
