import { type RunEvent, type RunStarted, State, type StateCode } from "../../../kernel/src/dag/engine/events.js";
import { RunStore } from "../../../kernel/src/dashboard/run-store.js";

// load,0 -> sum,0 ; load,1
const started: RunStarted = {
  type: "start",
  run: "r",
  time: 1_000,
  title: "t",
  cell: undefined,
  workers: 2,
  keys: ["load,0", "load,1", "sum,0"],
  groups: ["load", "sum"],
  groupOf: Int32Array.of(0, 0, 1),
  dependencyStart: Int32Array.of(0, 0, 0, 1),
  dependencies: Int32Array.of(0),
};

function storeAfter(...events: RunEvent[]): RunStore {
  const store = new RunStore(started);
  for (const event of events) store.apply(event);
  return store;
}

function moved(task: number, state: StateCode, time: number, worker = -1): RunEvent {
  return { type: "tasks", run: "r", task: [task], state: [state], time: [time], worker: [worker] };
}

test("before the first event every task waits", () => {
  const store = storeAfter();
  expect(Array.from(store.counts)).toEqual([2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  expect(Array.from(store.start)).toEqual([-1, -1, -1]);
});

test("a task that ran has its worker, its times and a full bar, also after its result was released", () => {
  const store = storeAfter(moved(0, State.processing, 5, 1), moved(0, State.memory, 25), moved(0, State.released, 90));
  expect([store.worker[0], store.start[0], store.end[0], store.fraction[0]]).toEqual([1, 5, 25, 1]);
  expect([store.ms[0], store.now]).toEqual([20, 90]);
  expect(store.count([State.memory, State.released])).toBe(1);
  expect(store.count([State.released], 1)).toBe(0);
});

test("a retry starts again: the earlier end and fraction are forgotten", () => {
  const progress: RunEvent = { type: "progress", run: "r", task: [0], fraction: [0.7] };
  const store = storeAfter(
    moved(0, State.processing, 5, 1),
    progress,
    moved(0, State.erred, 9),
    moved(0, State.queued, 9),
  );
  store.apply(moved(0, State.processing, 30, 0));
  expect([store.worker[0], store.start[0], store.end[0], store.fraction[0]]).toEqual([0, 30, -1, 0]);
});

test("a task that needs one that threw has no times", () => {
  const store = storeAfter(moved(0, State.processing, 5, 1), moved(0, State.erred, 9), moved(2, State.erred, 9));
  expect([store.start[2], store.end[2], store.ms[1]]).toEqual([-1, -1, 0]);
  expect(store.count([State.erred])).toBe(2);
});

test("clocks that differ between threads never make a task end before it starts, nor time go back", () => {
  const store = storeAfter(moved(0, State.processing, 20, 1), moved(0, State.memory, 19.5), moved(1, State.queued, 3));
  expect([store.end[0], store.ms[0], store.now]).toEqual([20, 0, 20]);
});

test("fractions stay between 0 and 1 and belong to running tasks only", () => {
  const progress = (task: number, fraction: number): RunEvent => ({
    type: "progress",
    run: "r",
    task: [task],
    fraction: [fraction],
  });
  const store = storeAfter(moved(0, State.processing, 1, 0), progress(0, 1.5), progress(1, 0.5));
  expect(Array.from(store.fraction)).toEqual([1, 0, 0]);
});

test("long keys, messages and stacks are cut, and errors beyond a hundred are not kept", () => {
  const long = "x".repeat(10_000);
  const error: RunEvent = { type: "error", run: "r", task: 0, key: long, name: long, message: long, stack: long };
  const store = storeAfter(...new Array<RunEvent>(101).fill(error));
  expect(store.errors).toHaveLength(100);
  const { key, name, message, stack } = store.errors[0];
  expect([key, name, message, stack].map((text) => text.length)).toEqual([200, 200, 2_000, 8_000]);
  expect(key.endsWith("x…")).toBe(true);
});

test("the peak is the highest of what was reported on the way and at the end", () => {
  const store = storeAfter(
    { type: "memory", run: "r", time: 1, bytes: 500 },
    { type: "memory", run: "r", time: 2, bytes: 100 },
    { type: "end", run: "r", state: "finished", time: 3, peak: 700 },
  );
  expect([store.peak, store.runState, store.now]).toEqual([700, "finished", 3]);
});
