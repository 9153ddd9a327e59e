import { jest } from "@jest/globals";
import { da } from "../../../kernel/src/dag/array/index.js";
import { compute, run } from "../../../kernel/src/dag/compute.js";
import { useEngine } from "../../../kernel/src/dag/context.js";
import { delayed } from "../../../kernel/src/dag/delayed.js";
import { ThreadEngine } from "../../../kernel/src/dag/engine/thread-engine.js";
import { get } from "../../../kernel/src/dag/get.js";
import { ref, task } from "../../../kernel/src/dag/graph/index.js";
import type { NDArray } from "../../../kernel/src/dag/memory/nd-array.js";

let engine: ThreadEngine;
beforeAll(() => {
  engine = new ThreadEngine({ workers: 2 });
  useEngine(engine);
});
afterAll(async () => {
  useEngine(undefined);
  await engine.close();
});

const add = delayed((a: number, b: number) => a + b, { name: "add" });
const sum = delayed((list: readonly number[]) => list.reduce((a, b) => a + b, 0), { name: "sum" });

test("a graph of calls is computed by worker threads", async () => {
  const offset = 10;
  const shift = delayed((x: number) => x + offset);
  const parts = Array.from({ length: 200 }, (_, i) => add(shift(i), i));
  expect(await compute(sum(parts), { parts: parts.slice(0, 2) })).toEqual([41_800, { parts: [10, 12] }]);
});

test("containers, nested tasks and aliases are built on the worker", async () => {
  const same = (value: unknown) => value;
  const inc = (x: number) => x + 1;
  const graph = {
    x: task(inc, 0),
    alias: ref("x"),
    all: task(same, {
      list: [ref("x"), task(inc, ref("alias"))],
      map: new Map([["k", ref("x")]]),
      set: new Set([ref("x")]),
    }),
  };
  expect(await get(graph, ["x", "all"])).toEqual([1, { list: [1, 2], map: new Map([["k", 1]]), set: new Set([1]) }]);
});

test("functions and objects of classes arrive with their methods", async () => {
  class Point {
    readonly x: number;
    constructor(x: number) {
      this.x = x;
    }
    double(): number {
      return 2 * this.x;
    }
  }
  const factor = 5;
  const call = delayed((point: Point, f: (x: number) => number) => f(point.double()));
  expect(await call(new Point(3), (x: number) => x * factor).compute()).toBe(30);
});

test("parts of a result are taken on the worker", async () => {
  const [q, r] = delayed((a: number, b: number) => [Math.floor(a / b), a % b] as const, { nout: 2 })(7, 3);
  expect(await add(q!, r!).compute()).toBe(3);
});

test("attributes are taken and methods called on the worker, with and without fusion", async () => {
  const load = delayed(() => ({ rows: [5, 6, 7], at: new Date(0) }), { name: "load" });
  for (const optimize of [true, false]) {
    const table = load();
    const doubled = table.rows.map((row) => row * 2);
    const results = await compute(doubled.slice(0, add(1, 1)), table.at.toISOString(), table.rows[2]);
    expect(results).toEqual([[10, 12], "1970-01-01T00:00:00.000Z", 7]);
    expect(await table.rows.includes(6).compute({ optimize })).toBe(true);
  }
});

test("a method that a result does not have is an error of its task", async () => {
  const lazy = delayed(() => ({}) as { go(): number })();
  await expect(lazy.go().compute()).rejects.toThrow(/task go-\d+ failed: TypeError: go of the result is undefined/);
});

test("large data given to several calls arrives at each", async () => {
  const big = new Float64Array(2_000_000).fill(1);
  const total = delayed((list: Float64Array, extra: number) => list.reduce((a, b) => a + b, extra), { name: "total" });
  const write = jest.spyOn(process.stderr, "write").mockImplementation(() => true);
  expect(await compute(total(big, 0), total(big, 1))).toEqual([2_000_000, 2_000_001]);
  expect(write).toHaveBeenCalledTimes(1);
  write.mockRestore();
});

test("persisted results stay with the workers", async () => {
  const kept = await sum([add(1, 2), add(3, 4)]).persist();
  expect(await compute(kept, add(kept, 1))).toEqual([10, 11]);
});

test("the error of a task comes with its key", async () => {
  const boom = delayed(
    (x: number) => {
      if (x > 0) throw new RangeError("too large");
      return x;
    },
    { key: "boom" },
  );
  await expect(add(boom(1), 1).compute({ optimize: false })).rejects.toMatchObject({
    name: "TaskError",
    facts: { key: "boom" },
    cause: { name: "RangeError", message: "too large" },
  });
});

test("events tell of every task, the value comes with the run", async () => {
  const started = await run(sum([1, 2, 3].map((i) => add(i, i))));
  const kinds: string[] = [];
  for await (const event of started.events) kinds.push(event.type);
  expect([kinds[0], kinds.at(-1), await started.value]).toEqual(["start", "end", [12]]);
});

test("a signal stops a task that never ends", async () => {
  const controller = new AbortController();
  const endless = delayed(() => {
    for (;;);
  });
  const started = await endless().run({ signal: controller.signal });
  for await (const event of started.events) {
    if (event.type === "tasks" || event.type === "start") controller.abort("enough");
    if (event.type === "end") break;
  }
  await expect(started.value).rejects.toMatchObject({ name: "CancelledError", cause: "enough" });
  expect(await add(1, 2).compute()).toBe(3);
});

test("an array is a number for a task if it has no axes, else an NDArray", async () => {
  const x = da.arange(4, { chunks: 3 });
  const look = delayed((n: number, { list: [max, part] }: { list: [number, NDArray] }) => [2 * n, max, part.tolist()]);
  expect(await look(x.sum(), { list: [x.max(), x.slice("0:2")] }).compute()).toEqual([12, 3, [0, 1]]);
});

test("arrays inside lazy data and raw graphs are values of their own", async () => {
  const x = da.arange(4, { chunks: 3 });
  const listed = (await delayed([x.sum(), { x }]).compute()) as unknown as [number, { x: { tolist(): number[] } }];
  const taken = (await get({ sum: x.sum(), x }, ["sum", "x"])) as [number, { tolist(): number[] }];
  expect([listed[0], listed[1].x.tolist()]).toEqual([6, [0, 1, 2, 3]]);
  expect([taken[0], taken[1].tolist()]).toEqual([6, [0, 1, 2, 3]]);
});

test("a part that a result does not have is an error of its task", async () => {
  const [, , third] = delayed(() => [1, 2], { nout: 3 })();
  await expect(compute(third)).rejects.toThrow(
    /RangeError: the result has no part 2: take one that it has, or declare as many parts/,
  );
});
