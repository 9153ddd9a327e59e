import type { DeltaMessage } from "dagbook/dashboard-messages";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { lineGraph, matmulGraph, reportGraph } from "../../../support/simulated-graphs.js";

const EMPTY: Omit<DeltaMessage, "seq" | "now"> = {
  kind: "delta",
  run: "run-1",
  i: [],
  s: [],
  a: [],
  b: [],
  w: [],
  pi: [],
  pf: [],
  memory: { t: [], bytes: [] },
  errors: [],
};

/** All that a view reads from a store, as plain data. */
function contentOf(store: RunStore) {
  const { state, start, end, worker, fraction, groupCounts, groupMs } = store.tasks;
  const columns = [state, start, end, worker, groupCounts, groupMs].map((column) => Array.from(column));
  return {
    columns,
    fraction: Array.from(fraction),
    forms: store.forms(),
    elapsed: store.elapsed,
    errors: store.errors,
  };
}

//  value ─ double ┐
//                 add        five tasks, two workers: value runs twice, then double twice, then add
//  value ─ double ┘
const line = new SimulatedRun(lineGraph(), { workers: 2 });

test("a store counts the tasks of a bundle by form", () => {
  const store = RunStore.fromBundle(line.bundleAt(line.end * 0.5));
  expect(store.forms()).toEqual({ done: 2, failed: 0, running: 2, queued: 0, waiting: 1, stopped: 0 });
  expect(store.groups.map(({ name }, g) => [name, store.forms(g).done])).toEqual([
    ["value", 2],
    ["double", 0],
    ["add", 0],
  ]);
  expect(store.fraction).toBe(0.4);
});

test("deltas bring a store to where a snapshot of that time starts", () => {
  const run = new SimulatedRun(matmulGraph(4), { workers: 5, failing: [90], keepsGoing: true });
  const store = RunStore.fromBundle(run.bundleAt(0));
  for (let step = 1; step <= 20; step++) {
    expect(store.apply(run.delta((run.end * (step - 1)) / 21, (run.end * step) / 21, step))).toBe("ok");
  }
  expect(contentOf(store)).toEqual(contentOf(RunStore.fromBundle(run.bundleAt((run.end * 20) / 21))));
  expect(store.forms().failed).toBe(1);
});

test("a missing delta is a gap and changes nothing, one that is already known is skipped", () => {
  const store = RunStore.fromBundle({ ...line.bundleAt(0), seq: 7 });
  const before = contentOf(store);
  expect(store.apply({ ...EMPTY, seq: 9, now: 50, i: [0], s: [3], a: [0], b: [40], w: [0] })).toBe("gap");
  expect(store.apply({ ...EMPTY, seq: 7, now: 50, i: [0], s: [3], a: [0], b: [40], w: [0] })).toBe("ok");
  expect(contentOf(store)).toEqual(before);
  expect(store.seq).toBe(7);
});

test("the time of a task counts once, when it ends, not again when its result is released", () => {
  const store = RunStore.fromBundle(line.bundleAt(0));
  store.apply({ ...EMPTY, seq: 1, now: 10, i: [0], s: [2], a: [5], b: [-1], w: [1] });
  store.apply({ ...EMPTY, seq: 2, now: 50, i: [0], s: [3], a: [5], b: [45], w: [1] });
  store.apply({ ...EMPTY, seq: 3, now: 60, i: [0], s: [4], a: [5], b: [45], w: [1] });
  expect(store.tasks.groupMs[0]).toBe(40);
  expect([store.tasks.start[0], store.tasks.end[0], store.tasks.worker[0]]).toEqual([5, 45, 1]);
});

test("progress is kept as reported and is full once the task is done", () => {
  const store = RunStore.fromBundle(line.bundleAt(0));
  store.apply({ ...EMPTY, seq: 1, now: 10, i: [0], s: [2], a: [5], b: [-1], w: [0], pi: [0], pf: [0.25] });
  expect(store.tasks.fraction[0]).toBe(0.25);
  store.apply({ ...EMPTY, seq: 2, now: 20, i: [0], s: [3], a: [5], b: [15], w: [0] });
  expect(store.tasks.fraction[0]).toBe(1);
});

test("the clock of a running run can go on between deltas, that of an ended run cannot", () => {
  const store = RunStore.fromBundle(line.bundleAt(100));
  store.advanceTo(140);
  store.advanceTo(130);
  expect(store.elapsed).toBe(140);
  store.replace(line.bundleAt(line.end));
  store.advanceTo(1e9);
  expect(store.elapsed).toBe(line.end);
});

test("replacing the bundle forgets what deltas said", () => {
  const store = RunStore.fromBundle(line.bundleAt(0));
  store.apply(line.delta(0, line.end / 2, 1));
  store.replace(line.bundleAt(line.end));
  expect(contentOf(store)).toEqual(contentOf(RunStore.fromBundle(line.bundleAt(line.end))));
  expect(store.state).toBe("finished");
});

test("without task columns the counters of the deltas are taken as they are", () => {
  const run = new SimulatedRun(reportGraph(), { workers: 2, countersOnly: true });
  const store = RunStore.fromBundle(run.bundleAt(0));
  store.apply(run.delta(0, run.end / 2, 1));
  const exact = RunStore.fromBundle(new SimulatedRun(reportGraph(), { workers: 2 }).bundleAt(run.end / 2));
  expect(store.forms()).toEqual(exact.forms());
  expect(store.tasks.hasTasks).toBe(false);
});

test("a delta costs a fixed number of array writes per change, however many tasks there are", () => {
  const n = 100_000;
  const column = <T>(value: T) => new Array<T>(n).fill(value);
  const tasks = {
    key: [],
    group: column(0),
    state: column(0 as const),
    start: column(-1),
    end: column(-1),
    worker: column(-1),
    fraction: column(0),
    dependencyStart: [],
    dependencies: [],
  };
  const groups = [{ name: "f", n, counts: [n, 0, 0, 0, 0, 0, 0], ms: 0, dependencies: [] }];
  const store = RunStore.fromBundle({ ...line.bundleAt(0), n, groups, tasks });
  let writes = 0;
  const counting = (column: Uint8Array) =>
    new Proxy(column, {
      get: (target, key) => Reflect.get(target, key, target),
      set: (target, key, value) => {
        writes++;
        return Reflect.set(target, key, value, target);
      },
    });
  Object.defineProperty(store.tasks, "state", { value: counting(store.tasks.state) });
  store.apply({ ...EMPTY, seq: 1, now: 1, i: [3, 4], s: [2, 2], a: [1, 1], b: [-1, -1], w: [0, 1] });
  expect(writes).toBe(2);
  expect(store.forms()).toMatchObject({ running: 2, waiting: n - 2 });
});
