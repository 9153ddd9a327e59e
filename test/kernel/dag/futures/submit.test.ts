import { da } from "../../../../kernel/src/dag/array/index.js";
import { compute } from "../../../../kernel/src/dag/compute.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import type { RunRequest } from "../../../../kernel/src/dag/engine/engine.js";
import { gather, map, mapWith, submit, submitWith, wait } from "../../../../kernel/src/dag/futures/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { changed, openGate, sharedCells } from "../../../support/engines.js";
import { callables, onBothEngines } from "../../../support/futures.js";

const { add, boom, countAndBlock, counted, inc } = callables();

onBothEngines(2, (engine) => {
  /** Requests that the engine gets while `act` runs. */
  async function requestsOf(act: () => Promise<unknown>): Promise<readonly RunRequest[]> {
    const requests: RunRequest[] = [];
    const { start } = engine();
    engine().start = (request) => {
      requests.push(request);
      return start.call(engine(), request);
    };
    await act();
    engine().start = start;
    return requests;
  }

  test("a call that is submitted runs, and its future has the result", async () => {
    const future = submit(add, 1, 2);
    expect(future.status).toBe("pending");
    expect(await future.result()).toBe(3);
    expect([future.status, await future.exception(), await future.result()]).toEqual(["finished", undefined, 3]);
  });

  test("futures are arguments, also inside containers, pending or finished", async () => {
    const one = submit(inc, 0);
    const pending = submit(
      (list: readonly number[], o: { k: Map<string, number>; s: Set<number> }) => [list, o],
      [one, 5],
      {
        k: new Map([["x", one]]),
        s: new Set([one, submit(inc, 1)]),
      },
    );
    const expected = [[1, 5], { k: new Map([["x", 1]]), s: new Set([1, 2]) }];
    expect(await pending.result()).toEqual(expected);
    expect(await submit(add, one, submit(inc, one)).result()).toBe(3);
  });

  test("lazy objects are arguments, and a future that waits for another is one inside them", async () => {
    const { buffer, cells } = sharedCells(3);
    const slow = submit(countAndBlock, buffer);
    await changed(cells, 0, 0);
    const lazy = delayed((text: string, n: number) => `${text} ${n}`)(slow, submit(inc, 1));
    const sum = da.ones([4, 4], { chunks: 2 }).sum();
    const future = submit((text: string, n: number) => `${text} ${n}`, lazy, sum as unknown as number);
    openGate(cells);
    expect(await future.result()).toBe("done 2 16");
  });

  test("arrays come back as NDArrays, each time a copy", async () => {
    const future = submit((x: NDArray) => x, da.arange(4, { chunks: 2 }) as unknown as NDArray);
    const [first, second] = [await future.result(), await future.result()];
    first.data[0] = 9;
    expect([first.tolist(), second.tolist(), String(future)]).toEqual([
      [9, 1, 2, 3],
      [0, 1, 2, 3],
      `Future ${String(future.key)}: finished, NDArray float64 [4]`,
    ]);
  });

  test("what is submitted in one turn is one run, also across awaits of what is there", async () => {
    const requests = await requestsOf(async () => {
      const futures = map(
        inc,
        Array.from({ length: 1000 }, (_, i) => i),
      );
      await Promise.resolve();
      const sum = submit((...all: readonly number[]) => all.reduce((a, b) => a + b), ...futures);
      expect(await sum.result()).toBe(500_500);
    });
    expect(requests.map(({ graph, title }) => [graph.size, title])).toEqual([
      [1000, "map inc × 1000"],
      [1, "submit task"],
    ]);
  });

  test("options of a run keep futures apart, options of tasks do not", async () => {
    const requests = await requestsOf(() =>
      gather([
        submitWith({ priority: 1 }, inc, 1),
        submitWith({ retries: 2, name: "other" }, inc, 1),
        submitWith({ progress: false, title: "quiet" }, inc, 1),
      ]),
    );
    expect(requests.map(({ title, progress }) => [title, progress])).toEqual([
      ["submit inc, other", true],
      ["quiet", false],
    ]);
    expect(requests[0]!.options).toEqual({ independent: true });
  });

  test("map takes an argument of each iterable, up to the end of the shortest", async () => {
    expect(await gather(map(add, [1, 2, 3], new Set([10, 20])))).toEqual([11, 22]);
    expect(await gather(mapWith({ name: "plus" }, inc, map(inc, [1, 2])))).toEqual([3, 4]);
    expect(() => map(() => 1)).toThrow("map() needs an iterable for each parameter");
    expect(() => map(inc, 5 as unknown as number[])).toThrow(
      "map() needs iterables and got 5: write map(fn, [1, 2, 3])",
    );
  });

  test("a future is not a list, nor its value", async () => {
    const future = submit(inc, 1);
    expect(() => map(inc, future as unknown as number[])).toThrow("write map(fn, await future.result())");
    expect(() => (future as unknown as number) + 1).toThrow(/^Future .* is no value: await its result\(\) first/);
    expect(`${future}`).toMatch(/^Future inc-\d+: /);
    await expect(gather(future, submit(inc, 2) as never)).rejects.toThrow("as its options: write gather([a, b])");
  });

  test("a call that throws fails alone, with those that need it", async () => {
    const bad = submitWith({ name: "bad" }, boom, "no");
    const needs = submit(inc, bad);
    const others = map(inc, [1, 2, 3]);
    expect(await gather(others)).toEqual([2, 3, 4]);
    await expect(bad.result()).rejects.toMatchObject({
      name: "TaskError",
      message: `task ${String(bad.key)} failed: RangeError: no\n(in boom("no"))`,
      cause: { name: "RangeError", message: "no" },
    });
    expect([bad.status, needs.status]).toEqual(["error", "error"]);
    expect(await needs.exception()).toBe(await bad.exception());
    expect(await submit(inc, needs).exception()).toBe(await bad.exception());
  });

  test("a call that throws runs again if it has retries", async () => {
    const { buffer, cells } = sharedCells(3);
    const flaky = (shared: SharedArrayBuffer): number => {
      const attempt = Atomics.add(new Int32Array(shared), 2, 1);
      if (attempt < 2) throw new Error("again");
      return attempt;
    };
    expect(await submitWith({ retries: 2 }, flaky, buffer).result()).toBe(2);
    expect(cells[2]).toBe(3);
  });

  test("what cannot travel is the error of its own future, wherever it stands in its turn", async () => {
    const good = map(inc, [1, 2, 3, 4, 5]);
    const stuck = submit((value: unknown) => value, Promise.resolve(1) as unknown);
    const needsGood = submit(add, good[4]!, good[0]!);
    expect(await gather([good, needsGood])).toEqual([[2, 3, 4, 5, 6], 8]);
    expect((await stuck.exception())?.name).toBe("ShipError");
  });

  test("a key names one call: the same call gives the same future, another one is an error", async () => {
    const { buffer, cells } = sharedCells(3);
    const first = submitWith({ key: "k" }, counted, buffer, 7);
    expect(submitWith({ key: "k" }, counted, buffer, 7)).toBe(first);
    expect(() => submitWith({ key: "k" }, counted, buffer, 8)).toThrow('two different calls have the key "k"');
    expect([await first.result(), first.key, cells[2]]).toEqual([7, "k", 1]);
    first.release();
    expect(await submitWith({ key: "k" }, counted, buffer, 8).result()).toBe(8);
  });

  test("pure calls with equal arguments are one future, others are not", async () => {
    expect(submitWith({ pure: true }, add, 1, 2)).toBe(submitWith({ pure: true }, add, 1, 2));
    expect(submitWith({ pure: true }, add, 1, 2)).not.toBe(submitWith({ pure: true }, add, 1, 3));
    expect(submit(add, 1, 2)).not.toBe(submit(add, 1, 2));
  });

  test("a future is a lazy object for compute and delayed, and they wait for it", async () => {
    const { buffer, cells } = sharedCells(3);
    const slow = submit(countAndBlock, buffer);
    await changed(cells, 0, 0);
    const value = compute({ slow, n: delayed(inc)(submit(inc, 1)) }, slow);
    openGate(cells);
    expect(await value).toEqual([{ slow: "done", n: 3 }, "done"]);
  });

  test("a computation with a failed future rejects with its error, before and after it is known", async () => {
    const bad = submit(boom, "no");
    const error = await delayed(inc)(bad)
      .compute()
      .catch((thrown: unknown) => thrown);
    expect(error).toBe(await bad.exception());
    await expect(compute([bad])).rejects.toBe(error);
  });

  test("a signal ends the wait of a computation for a future", async () => {
    const { buffer, cells } = sharedCells(3);
    const slow = submit(countAndBlock, buffer);
    await changed(cells, 0, 0);
    const controller = new AbortController();
    const value = delayed((text: string) => text)(slow).compute({ signal: controller.signal });
    controller.abort("enough");
    await expect(value).rejects.toMatchObject({ name: "CancelledError", cause: "enough" });
    openGate(cells);
    expect(await slow.result()).toBe("done");
  });

  test("a failed future that nobody asks about is no unhandled rejection", async () => {
    const heard: unknown[] = [];
    const listener = (reason: unknown) => heard.push(reason);
    process.on("unhandledRejection", listener);
    await wait([submit(boom, "no")]);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", listener);
    expect(heard).toEqual([]);
  });
});

test("what is no function, a class, and unknown options are refused at once", () => {
  expect(() => submit(5 as unknown as () => number)).toThrow(
    "submit() needs a function first and got 5: write submit(fn, 1)",
  );
  expect(() => submit(delayed(inc)(1) as unknown as () => number)).toThrow(/function first and got Delayed\(/);
  expect(() => submit({ priority: 1 } as unknown as () => number)).toThrow("or submitWith({ … }, fn, 1) with options");
  expect(() => submitWith(inc as never, inc, 1)).toThrow("the options of submit must be an object and are [Function");
  expect(() => submit(class Point {} as unknown as () => number)).toThrow("submit() got class Point");
  expect(() => submitWith({ priorty: 1 } as object, inc, 1)).toThrow(
    'submit has no option "priorty": did you mean "priority"?',
  );
  expect(() => mapWith({ key: "k" } as object, inc, [1])).toThrow('map has no option "key"');
});
