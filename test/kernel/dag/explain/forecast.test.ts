import { da } from "../../../../kernel/src/dag/array/index.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import { forecast } from "../../../../kernel/src/dag/explain/forecast.js";
import { diagnostics, type Key, ref, task } from "../../../../kernel/src/dag/graph/index.js";

const load = (i: number) => [i];
const proc = (x: number[]) => x;
const total = (...xs: number[][]) => xs.length;

//  l0 — p0 \
//  l1 — p1 — sum
//  …
const entries = Array.from({ length: 10 }, (_, i): [Key, unknown][] => [
  [["l", i], task(load, i)],
  [["p", i], task(proc, ref(["l", i]))],
]);
const graph = new Map<Key, unknown>([
  ...entries.flat(),
  ["sum", task(total, ...Array.from({ length: 10 }, (_, i) => ref(["p", i])))],
]);
const sizes = { load: 1_000, proc: 10, total: 8 };

test.each([
  [1, 1 * 1_000 + 9 * 10 + 10],
  [2, 2 * 1_000 + 8 * 10 + 10],
  [4, 4 * 1_000 + 4 * 10 + 10],
])("%d workers hold one load each: at most %d bytes when the first of the last full round is done", (workers, peak) => {
  expect(forecast(graph, { workers, sizes, optimize: false }).peak).toBe(peak);
});

test("breadth first holds every load", () => {
  expect(forecast(graph, { workers: 1, sizes, policy: "fifo", optimize: false })).toMatchObject({
    peak: 10 * 1_000 + 10,
    unit: "bytes",
    timeUnit: "tasks",
    makespan: 21,
  });
});

test("with one worker and the default policy the pressure is the peak of diagnostics", () => {
  const { pressure } = forecast(graph, { workers: 1, optimize: false });
  expect(pressure).toBe(diagnostics(graph).peak);
});

test("joined tasks take the time of their members and hold the result of the last one", () => {
  const known = { workers: 1, sizes, durations: { load: 5, proc: 2, total: 1 } };
  const joined = forecast(graph, known);
  expect(joined.stream).toHaveLength(11);
  expect(joined).toMatchObject({ makespan: 71, peak: 108, timeUnit: "ms" });
});

test("what is not known counts as the mean of what is", () => {
  const known = {
    workers: 1,
    optimize: false,
    durations: new Map<Key, number>([
      [["l", 0], 2],
      ["sum", 4],
    ]),
  };
  expect(forecast(graph, known).makespan).toBe(2 + 4 + 19 * 3);
});

test("the option memory of a task is a size", () => {
  const big = task(load, 1);
  const source = { a: Object.assign(Object.create(Object.getPrototypeOf(big)), big, { options: { memory: 500 } }) };
  expect(forecast(source, { workers: 1 })).toMatchObject({ peak: 500, unit: "bytes" });
});

test("lazy arrays and lists of lazy results have forecasts", () => {
  const x = da.ones([8, 8], { chunks: 4 });
  expect(forecast(x.add(1).sum(), { workers: 1 }).peak).toBeGreaterThan(1);
  expect(forecast([delayed(load)(1), delayed(load)(2)], { workers: 2 })).toMatchObject({ makespan: 1, peak: 2 });
});

test("options are checked", () => {
  expect(() => forecast(graph, { policy: "nearest" as never })).toThrow("forecast: policy must be one of combined");
  expect(() => forecast(graph, { workers: 0 })).toThrow(
    "forecast: workers must be a whole number of at least 1 and is 0",
  );
});
