import { type RunEvent, State } from "../../../kernel/src/dag/engine/events.js";
import { bundleOf } from "../../../kernel/src/dashboard/bundle.js";
import { Deltas } from "../../../kernel/src/dashboard/deltas.js";
import type { SumChanges, SumColumns } from "../../../kernel/src/dashboard/messages.js";
import { RunStore } from "../../../kernel/src/dashboard/run-store.js";
import { largeTasks } from "../../support/large-bundle.js";
import { simulate } from "../../support/simulated-run.js";
import { sumsAt } from "../../support/simulated-sums.js";

// load -> clean, 6,000 of each, and one sum: above the limit of 10,000 tasks that are told one by one
const PAIRS = 6_000;
const FAILING = PAIRS + 40;
const [started, ...events] = simulate(largeTasks(PAIRS), { run: "r", title: "t", workers: 4, failing: FAILING });

function begin() {
  const store = new RunStore(started);
  const deltas = new Deltas(store);
  const apply = (list: readonly RunEvent[]) => {
    for (const event of list) {
      store.apply(event);
      deltas.note(event);
    }
  };
  return { store, deltas, apply };
}

const sumsOf = (store: RunStore) => bundleOf(store, { seq: 0, now: store.now, use: "saved" }).sums!;

/** Milliseconds by cell and column, without those that round to nothing. */
function cellsOf({ cell, column, ms }: SumColumns["stream"], into = new Map<string, number>()): Map<string, number> {
  for (const [k, at] of cell.entries()) into.set(`${at} ${column[k]}`, ms[k]);
  return into;
}

/** The same counted from the columns of all tasks by other code. */
function countedAnew(store: RunStore) {
  const { n, state, start, end, worker, now } = store;
  const group = Array.from(started.groupOf);
  const list = <T extends ArrayLike<number>>(column: T) => Array.from({ length: n }, (_, task) => column[task]);
  const tasks = { now, workers: 4, groups: 3, group, start: list(start), end: list(end), worker: list(worker) };
  const states = list(state) as (typeof State)[keyof typeof State][];
  return sumsAt({ ...tasks, state: states, hasThrown: (task) => task === FAILING }, sumsOf(store).buckets.size);
}

test("the buckets of a run in mid-run are those that a count of all its tasks gives", () => {
  const { store, apply } = begin();
  apply(events.slice(0, 20_000));
  expect(sumsOf(store).buckets).toEqual(countedAnew(store).buckets);
});

test("the time in the stream's cells adds up to the time that tasks ran, by function", () => {
  const { store, apply } = begin();
  apply(events);
  const { column, ms } = sumsOf(store).stream;
  const sums = [0, 1, 2, 3].map((wanted) => ms.reduce((sum, value, k) => sum + (column[k] === wanted ? value : 0), 0));
  const failedMs = store.end[FAILING] - store.start[FAILING];
  expect(sums.map(Math.round)).toEqual([store.ms[0], store.ms[1] - failedMs, store.ms[2], failedMs]);
});

test("a task that is running counts up to now, and no more than once when it has ended", () => {
  const run = "r";
  const store = new RunStore(started);
  store.apply({ type: "tasks", run, task: [0], state: [State.processing], time: [10], worker: [1] });
  const total = (now: number) => store.sums!.take(now).stream.ms.reduce((sum, ms) => sum + ms, 0);
  expect(total(15)).toBe(5);
  expect(total(17)).toBe(7);
  store.apply({ type: "tasks", run, task: [0], state: [State.memory], time: [18], worker: [1] });
  expect(total(30)).toBe(8);
});

test("a snapshot and the deltas after it add up to the sums of the end", () => {
  const { store, deltas, apply } = begin();
  apply(events.slice(0, 1_000));
  deltas.clear();
  const first = sumsOf(store);
  const buckets = { ...first.buckets, done: [...first.buckets.done], failed: [...first.buckets.failed] };
  let cells = cellsOf(first.stream);
  for (let at = 1_000; at < events.length; at += 999) {
    apply(events.slice(at, at + 999));
    const { sums, i } = deltas.take(at, store.now);
    expect(i).toEqual([]);
    const { buckets: changed, stream } = sums as SumChanges;
    for (const [k, bucket] of changed.i.entries()) {
      buckets.done[bucket] = changed.done[k];
      buckets.failed[bucket] = changed.failed[k];
    }
    cells = cellsOf(stream, stream.isWhole ? new Map() : cells);
  }
  const last = sumsOf(store);
  expect([buckets.done, buckets.failed]).toEqual([last.buckets.done, last.buckets.failed]);
  expect(new Map([...cells].filter(([, ms]) => ms > 0))).toEqual(cellsOf(last.stream));
});

test("the tasks done over time end with all that were done", () => {
  const { store, apply } = begin();
  apply(events);
  const { n, t } = sumsOf(store).done;
  expect([n.at(-1), t.at(-1)]).toEqual([store.count([State.memory, State.released]), store.now]);
  expect(n).toEqual([...n].sort((a, b) => a - b));
});

test("above 100,000 tasks a function has at most 400 buckets of a round number of tasks", () => {
  const n = 450_000;
  const groupOf = Int32Array.from({ length: n }, (_, task) => (task < 400_000 ? 0 : 1));
  const none = { keys: new Array<string>(n).fill("k"), dependencyStart: new Int32Array(n + 1), dependencies: groupOf };
  const store = new RunStore({ ...started, ...none, groups: ["a", "b"], groupOf });
  const { size, done } = sumsOf(store).buckets;
  expect([size, done.length]).toEqual([1_000, 450]);
});
