// What must be the same whichever engine runs: values and failures.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { computeWith, persistWith } from "../../../../kernel/src/dag/compute.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { get } from "../../../../kernel/src/dag/get.js";
import { ref, task } from "../../../../kernel/src/dag/graph/index.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { TaskError } from "../../../../kernel/src/errors.js";
import { inc, kinds, made, noted, sum } from "../../../support/contract.js";
import { captureStreams, keptOf } from "../../../support/engines.js";

describe.each(kinds)("%s", (_name, make) => {
  let engine: Engine;
  let folder: string;
  let streams: ReturnType<typeof captureStreams>;
  beforeAll(() => {
    engine = make(2);
  });
  afterAll(() => engine.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dagbook-test-"));
    streams = captureStreams();
  });
  afterEach(() => {
    streams.restore();
    rmSync(folder, { recursive: true });
    expect(arena().used).toBe(0);
  });
  const noteFile = (): string => join(folder, "notes");
  const notes = (): string[] => readFileSync(noteFile(), "utf8").trim().split("\n");
  const compute = async (...values: unknown[]): Promise<readonly unknown[]> => computeWith({ engine }, ...values);

  test("computes what 2,000 tasks give, in small and in large fan-ins", async () => {
    const parts = Array.from({ length: 2_000 }, (_, i) => inc(i));
    expect(await compute(sum(parts), sum([inc(1), inc(inc(2))]))).toEqual([2_001_000, 6]);
  });

  test("runs a raw graph with containers, aliases and steps of its own", async () => {
    const graph = {
      x: task((a: number) => a + 1, 0),
      alias: ref("x"),
      all: task((value: unknown) => value, { list: [ref("x"), ref("alias")], map: new Map([["k", ref("x")]]) }),
    };
    expect(await get(graph, ["x", ["all"]], { engine })).toEqual([1, [{ list: [1, 1], map: new Map([["k", 1]]) }]]);
  });

  test("keeps dates, maps, sets, typed arrays, bigints, errors and buffers as they are", async () => {
    const value = {
      date: new Date(5),
      map: new Map([["k", new Set([1n])]]),
      numbers: new Float32Array([1, 2]),
      none: [null, undefined, Number.NaN, ""],
    };
    const [same, made] = (await compute(
      delayed((x: unknown) => x)(value),
      delayed(() => [Buffer.from("ab").toString(), Object.assign(new RangeError("r"), { code: 1 })])(),
    )) as [unknown, [string, Error]];
    expect(same).toEqual(value);
    expect(made[0]).toBe("ab");
    expect(made[1]).toMatchObject({ name: "RangeError", message: "r", code: 1 });
  });

  test("computes chunked arrays, with the same bits", async () => {
    const x = da.random.normal({ shape: [60, 60], chunks: 16, seed: 3 });
    const lines = da.ones([3, 4], { chunks: 2 }).add(1).T;
    const [total, table] = (await compute(x.add(1).sum(), lines)) as [number, NDArray];
    expect(total).toBe((await computeWith({ engine: reference }, x.add(1).sum()))[0]);
    expect(table.tolist()).toEqual(new Array(4).fill([2, 2, 2]));
  });

  test("takes arrays as arguments and gives them back, also inside containers and twice", async () => {
    const array = delayed(made)();
    const inside = delayed((a: NDArray) => ({ a, list: [a], map: new Map([["m", a]]), last: a.get(2, 1) }))(array);
    const seen = delayed(
      (v: { list: NDArray[]; map: Map<string, NDArray> }) => v.list[0]!.get(1, 1) + v.map.get("m")!.get(0, 1),
    );
    const [number, value] = await computeWith({ engine }, seen(inside), inside);
    expect([number, value.last]).toEqual([9, 6]);
    for (const got of [value.a, value.list[0], value.map.get("m")]) {
      expect(got).toBeInstanceOf(NDArray);
      expect(got?.tolist()).toEqual([
        [1, 4],
        [2, 5],
        [3, 6],
      ]);
    }
  });

  test("passes an array block on as the result of many tasks", async () => {
    const x = da.ones([1_000], { chunks: 500 });
    const [kept] = await persistWith({ engine }, x);
    expect(await compute(...Array.from({ length: 30 }, (_, i) => kept.add(i).sum()))).toEqual(
      Array.from({ length: 30 }, (_, i) => 1_000 * (i + 1)),
    );
    // Not through the collector: the test ends before it comes.
    engine.release(keptOf(kept));
  });

  test("carries large plain values along a chain", async () => {
    const rows = delayed((n: number) => Array.from({ length: n }, (_, id) => ({ id, name: `row ${id}` })));
    const next = delayed((list: { id: number; name: string }[]) => list.map((row) => ({ ...row, id: row.id + 1 })));
    const [list] = (await computeWith({ engine, optimize: false }, next(next(rows(30_000))))) as [{ id: number }[]];
    expect([list.length, list[0], list[29_999]]).toEqual([
      30_000,
      { id: 2, name: "row 0" },
      { id: 30_001, name: "row 29999" },
    ]);
  });

  test("gives every task a copy of its own of an argument", async () => {
    const shared = delayed(() => [3, 1, 2])();
    const sorted = delayed((list: number[]) => list.sort()[0]);
    const first = delayed((list: number[]) => list[0]);
    expect(await compute(sorted(shared), first(shared), sorted(shared), first(shared))).toEqual([1, 3, 1, 3]);
  });

  test("rejects with the key, the arguments and the error itself, and stays usable", async () => {
    const fail = delayed(
      (_list: unknown, _text: string) => {
        throw Object.assign(new RangeError("too big"), { code: "E_TEST" });
      },
      { name: "fail", key: "bad" },
    );
    const error: unknown = await compute(inc(1), fail([1, 2], "x")).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TaskError);
    expect(error).toMatchObject({
      message: 'task bad failed: RangeError: too big\n(in anonymous([1, 2], "x"))',
      facts: { key: "bad", args: ["[1, 2]", '"x"'] },
      cause: { name: "RangeError", code: "E_TEST", stack: expect.stringContaining("engine-contract.test.ts") },
    });
    expect((error as TaskError).cause).toBeInstanceOf(RangeError);
    expect(await compute(inc(1))).toEqual([2]);
  });

  test("runs a task again as often as retries say", async () => {
    const flaky = delayed((attempt: number, file: string) => {
      const fs = process.getBuiltinModule("node:fs");
      fs.appendFileSync(file, "try\n");
      const tries = fs.readFileSync(file, "utf8").split("\n").length - 1;
      if (tries < attempt) throw new Error(`try ${tries}`);
      return tries;
    });
    expect(await computeWith({ engine, retries: 2 }, flaky(3, noteFile()))).toEqual([3]);
    await expect(computeWith({ engine, retries: 1 }, flaky(9, noteFile()))).rejects.toThrow("try 5");
  });

  test.each([
    ["an instance of a class", "class Point cannot", "an instance of Point cannot travel"],
    ["a function", "", "a value cannot travel between threads"],
  ])("refuses %s as a result", async (what, _, message) => {
    class Point {
      readonly x = 1;
    }
    const make = what === "a function" ? delayed(() => () => 1) : delayed(() => new Point());
    await expect(compute((make as () => unknown)())).rejects.toThrow(message);
  });

  test("keeps results for later runs until they are released", async () => {
    const file = noteFile();
    const [kept] = await persistWith({ engine }, noted(file));
    expect(await compute(kept, inc(kept), inc(kept))).toEqual([1, 2, 2]);
    expect(notes()).toEqual(["called"]);
    engine.release(keptOf(kept));
    await expect(compute(inc(kept))).rejects.toThrow("is not kept by engine");
  });

  test("waits for tasks that give promises", async () => {
    const later = delayed(async (x: number) => {
      for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
      return x + 1;
    });
    expect(await compute(...Array.from({ length: 20 }, (_, i) => later(later(i))))).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 2),
    );
  });
});

const reference = new ThreadEngine({ workers: 1 });
afterAll(() => reference.close());
