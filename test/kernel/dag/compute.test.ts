import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Collection, collectionSymbol } from "../../../kernel/src/dag/collection.js";
import { compute, computeWith, persist, run } from "../../../kernel/src/dag/compute.js";
import { useCell, useEngine } from "../../../kernel/src/dag/context.js";
import { delayed } from "../../../kernel/src/dag/delayed.js";
import { KeptResult, ref, task } from "../../../kernel/src/dag/graph/index.js";
import { InlineEngine } from "../../support/inline-engine.js";

const add = delayed((a: number, b: number) => a + b, { name: "add" });

let engine: InlineEngine;
beforeEach(() => {
  engine = new InlineEngine();
  useEngine(engine);
});
afterEach(() => {
  useEngine(undefined);
  useCell(() => undefined);
});

/** A collection of two numbers that is computed to their list. */
function pair(a: number, b: number): Collection<readonly number[]> {
  const same = (x: number) => x;
  const name = `pair-${a}-${b}`;
  return {
    [collectionSymbol]: {
      title: "pair",
      addTo(graph) {
        graph.add([name, 0], task(same, a)).add([name, 1], task(same, b));
        return [
          [name, 0],
          [name, 1],
        ];
      },
      addAsValue(graph) {
        graph.add([name, "all"], this.addTo(graph).map(ref));
        return [name, "all"];
      },
      finalize: (results) => results as number[],
      persisted: () => pair(a, b),
    },
  };
}

test("results take the places of collections at any depth", async () => {
  const values = await compute(
    [add(1, 1), { a: add(2, 2), b: [3, [add(4, 4)]] }] as const,
    5,
    new Set([add(1, 2)]),
    new Map([["k", add(3, 4)]]),
  );
  expect(values).toEqual([[2, { a: 4, b: [3, [8]] }], 5, new Set([3]), new Map([["k", 7]])]);
});

test("values without collections come back as they are and nothing runs", async () => {
  const value = { a: [1] };
  expect((await compute(value))[0]).toBe(value);
  expect(engine.requests).toEqual([]);
});

test("with traverse: false containers come back as they are, and nothing in them runs", async () => {
  const list = [add(1, 1)];
  expect((await computeWith({ traverse: false }, list))[0]).toBe(list as never);
  expect(engine.requests).toEqual([]);
  expect(await computeWith({ traverse: false }, add(1, 1), list)).toEqual([2, list]);
  expect(await delayed(list, { traverse: false }).compute()).toBe(list as never);
  await expect(computeWith(null as never, 1)).rejects.toThrow("the options of compute must be an object and are null");
});

test("what is shared runs once in one computation, and again in the next", async () => {
  let calls = 0;
  const counter = delayed(() => ++calls)();
  expect(await compute(counter, counter, add(counter, 0))).toEqual([1, 1, 1]);
  expect(calls).toBe(1);
  expect(await counter.compute()).toBe(2);
});

test("a persisted result is not computed again and keeps its key", async () => {
  let calls = 0;
  const counter = delayed(() => ++calls)();
  const kept = await counter.persist();
  expect(kept.key).toBe(counter.key);
  expect([await kept.compute(), await add(kept, 1).compute(), calls]).toEqual([1, 2, 1]);
  expect([...engine.kept.values()]).toEqual([1]);
});

test("persisting keeps the nesting and leaves what is done already", async () => {
  const data = delayed(7);
  const [{ a, b }] = await persist({ a: add(1, 2), b: data });
  expect(b).toBe(data);
  expect((await persist(a))[0]).toBe(a);
  expect(engine.requests).toHaveLength(1);
});

test("a persisted result belongs to its engine", async () => {
  const kept = await add(1, 2).persist();
  const other = Object.assign(new InlineEngine(), { name: "other" });
  await expect(kept.compute({ engine: other })).rejects.toThrow(
    'a result of persist or submit is with engine "inline" and cannot be used by "other"',
  );
});

test("a persisted result is dropped when nothing refers to it", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const persistAndForget = async () => expect((await add(1, 2).persist()).key).toMatch(/^add-/);
  await persistAndForget();
  expect(engine.kept.size).toBe(1);
  const released = new Promise<void>((resolve) => {
    engine.release = () => resolve();
  });
  const collecting = setInterval(collectGarbage, 1);
  await released;
  clearInterval(collecting);
});

test("a collection of several keys is finalized, or arrives as one value", async () => {
  const length = delayed((list: readonly number[]) => list.length);
  const numbers = pair(1, 2);
  expect(await compute(numbers, length(numbers), length(numbers))).toEqual([[1, 2], 2, 2]);
});

test("results are given back after they were finalized", async () => {
  const seen: number[] = [];
  const numbers = pair(1, 2);
  const finalize = (results: readonly unknown[]) => seen.push(engine.released.length, results.length);
  await compute({ ...numbers, [collectionSymbol]: { ...numbers[collectionSymbol], finalize } } as never);
  expect([seen, engine.released]).toEqual([[0, 2], [[1, 2]]]);
});

test("the run is named by its collections, or by the title given", async () => {
  await compute(add(1, 2), pair(1, 2));
  await computeWith({ title: "mine" }, add(1, 2));
  await compute(...Array.from({ length: 30 }, (_, i) => add(i, i)));
  await compute(...Array.from({ length: 30 }, (_, i) => delayed(() => i, { name: `f${i}` })()));
  expect(engine.requests.map(({ title }) => title)).toEqual([
    "add, pair",
    "mine",
    "add × 30",
    "f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13,…",
  ]);
});

test("the request says what the run needs to know", async () => {
  useCell(() => "cell-7");
  await add(1, 2).compute({ workers: 3, retries: 1, progress: false });
  const { options, cell, progress } = engine.requests[0]!;
  expect({ options, cell, progress }).toEqual({
    options: { keep: false, workers: 3, retries: 1 },
    cell: "cell-7",
    progress: false,
  });
});

test("an aborted signal stops the run, its reason is the cause", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const stop = delayed(() => controller.abort(reason));
  await expect(add(stop() as never, 1).compute({ signal: controller.signal })).rejects.toMatchObject({
    name: "CancelledError",
    cause: reason,
  });
  await expect(add(1, 1).compute({ signal: controller.signal })).rejects.toMatchObject({ cause: reason });
  expect(engine.requests).toHaveLength(1);
});

test("the error of a task reaches the caller", async () => {
  const boom = delayed(() => {
    throw new RangeError("boom");
  });
  await expect(add(boom() as never, 1).compute()).rejects.toMatchObject({
    name: "TaskError",
    cause: expect.objectContaining({ name: "RangeError", message: "boom" }),
  });
});

test("a run gives its id, its end and its value", async () => {
  const started = await run(add(1, 2), [add(3, 4)]);
  expect([started.id, await started.value]).toEqual(["run-1", [3, [7]]]);
  const one = await add(1, 2).run();
  expect(await one.value).toBe(3);
});

test("a run can be cancelled", async () => {
  let open: (value: number) => void = () => undefined;
  const gate = new Promise<number>((resolve) => {
    open = resolve;
  });
  const started = await add(delayed(() => gate)(), 1).run();
  started.cancel();
  open(1);
  await expect(started.value).rejects.toMatchObject({ name: "CancelledError" });
});

test("optimize: false leaves chains apart", async () => {
  await add(add(1, 2), 3).compute({ optimize: false });
  await add(add(1, 2), 3).compute();
  expect(engine.requests.map(({ graph }) => graph.size)).toEqual([2, 1]);
});

test("a kept result in a graph is packed as a handle", async () => {
  const kept = await delayed(() => 20)().persist();
  await add(kept, 1).compute();
  const { graph } = engine.requests[1]!;
  expect([graph.size, graph.kept]).toEqual([1, [{ engine: "inline", id: 0 }]]);
  expect(new KeptResult(graph.kept[0]!).kept).toEqual({ engine: "inline", id: 0 });
});

test("a delayed function that was not called is refused", async () => {
  for (const start of [compute, persist, run]) {
    await expect(start({ list: [add] })).rejects.toThrow("the delayed function add was not called: compute add(…)");
  }
});
