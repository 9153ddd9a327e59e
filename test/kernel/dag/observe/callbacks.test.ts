import { da } from "../../../../kernel/src/dag/array/index.js";
import { computeWith, persistWith, runWith } from "../../../../kernel/src/dag/compute.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import { moduleFunction } from "../../../../kernel/src/dag/functions/index.js";
import { get } from "../../../../kernel/src/dag/get.js";
import { ref, task } from "../../../../kernel/src/dag/graph/index.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import type { Callbacks } from "../../../../kernel/src/dag/observe/callbacks.js";
import { engineKinds, sharedCells } from "../../../support/engines.js";

const inc = (x: number) => x + 1;
const lazyInc = delayed(inc);
const fail = (): number => {
  throw new RangeError("no");
};

/** Callbacks that write down their calls. */
function recorder(): { readonly calls: unknown[][]; readonly callbacks: Callbacks } {
  const calls: unknown[][] = [];
  const callbacks: Callbacks = {
    start: (keys) => calls.push(["start", ...keys]),
    startState: ({ keys }) => calls.push(["startState", ...keys]),
    pretask: (key) => calls.push(["pretask", key]),
    posttask: (key, value) => calls.push(["posttask", key, value]),
    finish: (failed) => calls.push(["finish", failed]),
  };
  return { calls, callbacks };
}

describe.each(engineKinds)("%s", (_, make) => {
  let engine: Engine;
  beforeAll(() => {
    engine = make(2);
  });
  afterAll(() => engine.close());

  // What dask.get calls for the same graph.
  test("calls are made in the order of Dask's: data has none, each result comes with its task", async () => {
    const { calls, callbacks } = recorder();
    const graph = { x: 1, y: task(inc, ref("x")), z: task(inc, ref("y")) };
    expect(await get(graph, "z", { engine, callbacks })).toBe(3);
    expect(calls).toEqual([
      ["start", "z"],
      ["startState", "y", "z"],
      ["pretask", "y"],
      ["posttask", "y", 2],
      ["pretask", "z"],
      ["posttask", "z", 3],
      ["finish", false],
    ]);
  });

  test("each of many tasks is begun and ended once, after what it needs", async () => {
    const { calls, callbacks } = recorder();
    const graph: Record<string, unknown> = {};
    for (let i = 0; i < 500; i++) graph[`t${i}`] = i < 20 ? task(inc, i) : task(inc, ref(`t${(i * 7) % (i - 10)}`));
    await get(graph, Object.keys(graph), { engine, callbacks });
    const ended = new Set<unknown>();
    for (const [kind, key] of calls) {
      if (kind === "posttask") ended.add(key);
      const i = Number(String(key).slice(1));
      if (kind === "pretask" && i >= 20) expect(ended.has(`t${(i * 7) % (i - 10)}`)).toBe(true);
    }
    expect(calls.filter(([kind]) => kind === "pretask")).toHaveLength(500);
    expect([ended.size, calls.length]).toEqual([500, 500 + 500 + 3]);
  });

  test("containers are tasks, other names of a key are not, and groups keep their names", async () => {
    const { calls, callbacks } = recorder();
    const graph = { y: task(inc, 1), alias: ref("y"), list: [ref("y"), ref("alias")], end: task(inc, ref("alias")) };
    expect(await get(graph, ["list", "end"], { engine, callbacks })).toEqual([[2, 2], 3]);
    expect(calls.filter(([kind]) => kind === "posttask").sort()).toEqual([
      ["posttask", "end", 3],
      ["posttask", "list", [2, 2]],
      ["posttask", "y", 2],
    ]);
    const started = await runWith({ engine, callbacks }, lazyInc(1));
    expect((await started.profile()).functions.map(({ name }) => name)).toEqual(["inc"]);
    await started.value;
  });

  test("blocks of arrays come as arrays of their own, errors as errors", async () => {
    const values: unknown[] = [];
    const callbacks: Callbacks = { posttask: (_key, value) => values.push(value) };
    const array = await da.ones([4, 2], { chunks: [2, 2] }).compute({ engine, callbacks });
    const error = delayed(() => ({ list: [new TypeError("kept")] }));
    await computeWith({ engine, callbacks }, error());
    expect(array).toBeInstanceOf(NDArray);
    const chunks = values.filter((value) => value instanceof NDArray).map((value) => value.tolist());
    expect(chunks).toContainEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(values.at(-1)).toMatchObject({ list: [{ name: "TypeError", message: "kept" }] });
  });

  test("large results come to the caller and to the callback", async () => {
    const values: unknown[] = [];
    const callbacks: Callbacks = { posttask: (_key, value) => values.push(value) };
    const large = (length: number) => Array.from({ length }, (_, i) => `item ${i}`);
    const result = await get({ a: task(large, 20_000) }, "a", { engine, callbacks });
    expect([values.length, values[0]]).toEqual([1, result]);
    expect(result).toEqual(large(20_000));
  });

  test("tasks that were joined are one, with the result of the last", async () => {
    const { calls, callbacks } = recorder();
    await get({ y: task(inc, 1), z: task(inc, ref("y")) }, "z", { engine, callbacks, optimize: true });
    expect(calls.slice(1)).toEqual([
      ["startState", "y-z"],
      ["pretask", "y-z"],
      ["posttask", "y-z", 3],
      ["finish", false],
    ]);
  });

  test("results that stay with the engine are told too", async () => {
    const { calls, callbacks } = recorder();
    const [kept] = await persistWith({ engine, callbacks, optimize: true }, lazyInc(1));
    expect(calls.filter(([kind]) => kind === "posttask").map(([, , value]) => value)).toEqual([2]);
    expect(await kept.compute({ engine })).toBe(2);
  });

  test("posttask is refused, not waited for, with an engine that tells no results", async () => {
    const { calls, callbacks } = recorder();
    const silent: Engine = {
      name: engine.name,
      start: (request) => {
        const { reports: _, ...run } = engine.start(request);
        return run;
      },
      releaseResults: (results) => engine.releaseResults(results),
      release: (kept) => engine.release(kept),
      close: async () => undefined,
    };
    const refused = get({ a: task(inc, 1) }, "a", { engine: silent, callbacks });
    await expect(refused).rejects.toThrow("leave out posttask, or compute with the engine of this process");
    expect(calls).toEqual([
      ["start", "a"],
      ["finish", true],
    ]);
    const { posttask: _, ...others } = callbacks;
    expect(await get({ a: task(inc, 1) }, "a", { engine: silent, callbacks: others })).toBe(2);
  });

  test("a task that fails is begun and not ended, and finish knows", async () => {
    const { calls, callbacks } = recorder();
    const graph = { bad: task(fail), after: task(inc, ref("bad")) };
    await expect(get(graph, "after", { engine, callbacks })).rejects.toThrow("no");
    expect(calls.slice(2)).toEqual([
      ["pretask", "bad"],
      ["finish", true],
    ]);
  });

  test("a further try begins the task again", async () => {
    const { calls, callbacks } = recorder();
    const { buffer } = sharedCells();
    const once = (shared: SharedArrayBuffer) => {
      if (Atomics.add(new Int32Array(shared), 0, 1) === 0) throw new Error("first");
      return "second";
    };
    expect(await get({ a: task(once, buffer) }, "a", { engine, callbacks, retries: 1 })).toBe("second");
    expect(calls.slice(2)).toEqual([
      ["pretask", "a"],
      ["pretask", "a"],
      ["posttask", "a", "second"],
      ["finish", false],
    ]);
  });

  test("a graph that a task computes calls nothing of the run around it", async () => {
    const { calls, callbacks } = recorder();
    const specifier = new URL("../../../support/nested-run.mjs", import.meta.url).href;
    const inside = moduleFunction((_: number): number => 0, specifier, "computeInside");
    expect(await get({ outer: task(inside, -5) }, "outer", { engine, callbacks })).toBe(5);
    expect(calls).toEqual([
      ["start", "outer"],
      ["startState", "outer"],
      ["pretask", "outer"],
      ["posttask", "outer", 5],
      ["finish", false],
    ]);
  });

  test("an error of a callback stops the run and rejects it", async () => {
    for (const name of ["startState", "pretask", "posttask"] as const) {
      const failures: boolean[] = [];
      const callbacks: Callbacks = {
        [name]: () => {
          throw new RangeError(`in ${name}`);
        },
        finish: (failed) => failures.push(failed),
      };
      await expect(lazyInc(lazyInc(1)).compute({ engine, callbacks })).rejects.toThrow(`in ${name}`);
      expect(failures).toEqual([true]);
    }
  });
});

test("data has a start and a finish; a graph that cannot run fails", async () => {
  const first = recorder();
  expect(await get({ x: 1 }, "x", { callbacks: first.callbacks })).toBe(1);
  const second = recorder();
  await expect(get({ x: task(inc, ref("y")) }, "x", { callbacks: second.callbacks })).rejects.toThrow("y");
  expect([first.calls, second.calls]).toEqual([
    [
      ["start", "x"],
      ["finish", false],
    ],
    [
      ["start", "x"],
      ["finish", true],
    ],
  ]);
});

test("callbacks that would never be called are refused", async () => {
  const refused: readonly [unknown, string][] = [
    [{ posttasks: () => 0 }, "callbacks must be an object with some of the functions start, startState, pretask"],
    [{ pretask: 1 }, "callbacks must be"],
    [() => 0, "callbacks must be"],
  ];
  for (const [callbacks, message] of refused) {
    await expect(lazyInc(1).compute({ callbacks: callbacks as never })).rejects.toThrow(message);
  }
  await expect(lazyInc(1).compute({ callbacks: {}, progress: false })).rejects.toThrow("leave out progress: false");
});
