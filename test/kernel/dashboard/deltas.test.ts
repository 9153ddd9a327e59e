import { State } from "../../../kernel/src/dag/engine/events.js";
import { bundleOf } from "../../../kernel/src/dashboard/bundle.js";
import { Deltas } from "../../../kernel/src/dashboard/deltas.js";
import { RunStore } from "../../../kernel/src/dashboard/run-store.js";
import { blockGraph, simulate, smallGraph } from "../../support/simulated-run.js";

function begin(...args: Parameters<typeof simulate>) {
  const [started, ...events] = simulate(...args);
  const store = new RunStore(started);
  const deltas = new Deltas(store);
  const apply = (list: typeof events) => {
    for (const event of list) {
      store.apply(event);
      deltas.note(event);
    }
  };
  return { store, deltas, events, apply };
}

test("a snapshot and the deltas after it add up to the final state", () => {
  const { store, deltas, events, apply } = begin(blockGraph(), { run: "r", title: "t", workers: 8, failing: 700 });
  apply(events.slice(0, 1_000));
  deltas.clear();
  const columns = bundleOf(store, { seq: 0, now: 0, use: "saved" }).tasks!;
  const view = { s: [...columns.state], a: [...columns.start], b: [...columns.end], w: [...columns.worker] };
  for (let at = 1_000; at < events.length; at += 37) {
    apply(events.slice(at, at + 37));
    const { i, ...delta } = deltas.take(at, 0);
    i.forEach((task, k) => {
      for (const column of ["s", "a", "b", "w"] as const) view[column][task] = delta[column][k];
    });
  }
  const { state: s, start: a, end: b, worker: w } = bundleOf(store, { seq: 0, now: 0, use: "saved" }).tasks!;
  expect(view).toEqual({ s, a, b, w });
});

test("a task that changed several times is sent once, as it stands", () => {
  const { deltas, events, apply } = begin(smallGraph(), { run: "r", title: "t", workers: 4 });
  apply(events);
  const { i, s } = deltas.take(1, 0);
  expect([...i].sort((x, y) => x - y)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(s[i.indexOf(0)]).toBe(State.released);
  expect(deltas.isEmpty).toBe(true);
});

test("errors and memory are sent once", () => {
  const { deltas, events, apply } = begin(smallGraph(), { run: "r", title: "t", workers: 4, failing: 8 });
  apply(events);
  expect(deltas.take(1, 0).errors.map(({ key }) => key)).toEqual(["fit,0"]);
  apply([{ type: "memory", run: "r", time: 5_000, bytes: 3 }]);
  const { errors, memory } = deltas.take(2, 0);
  expect({ errors, memory }).toEqual({ errors: [], memory: { t: [5_000], bytes: [3] } });
});

test("above 10,000 tasks a delta carries sums, not tasks", () => {
  const n = 10_001;
  const store = new RunStore({
    type: "start",
    run: "r",
    time: 0,
    title: "t",
    cell: undefined,
    workers: 1,
    keys: new Array<string>(n).fill("k"),
    groups: ["f"],
    groupOf: new Int32Array(n),
    dependencyStart: new Int32Array(n + 1),
    dependencies: new Int32Array(0),
  });
  const deltas = new Deltas(store);
  const event = { type: "tasks", run: "r", task: [7], state: [State.processing], time: [1], worker: [0] } as const;
  store.apply(event);
  deltas.note(event);
  const { i, groups } = deltas.take(1, 2);
  expect({ i, groups }).toEqual({ i: [], groups: [{ counts: [10_000, 0, 1, 0, 0, 0, 0], ms: 0 }] });
  expect(bundleOf(store, { seq: 1, now: 2, use: "saved" }).tasks).toBeNull();
});
