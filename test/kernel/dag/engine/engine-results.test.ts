import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import { Builtin } from "../../../../kernel/src/dag/graph/packed.js";
import { engineKinds, sharedCells } from "../../../support/engines.js";
import { closure, packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

describe.each(engineKinds)("%s", (_name, make) => {
  let engine: Engine;
  beforeAll(() => {
    engine = make(2);
  });
  afterAll(() => engine.close());

  const compute = (tasks: Record<string, TaskSpec>, outputs: string[]): Promise<readonly unknown[]> =>
    engine.start(requestOf(packedGraph(tasks, outputs))).results;

  //   a
  //  / \
  // b   c
  //  \ /
  //   d
  test("runs each task of a diamond once, and gives a result that is asked for twice as one object", async () => {
    const { buffer, cells } = sharedCells(4);
    const results = await compute(
      {
        a: ["count", buffer, 0],
        b: [closure("(cells, a) => { Atomics.add(new Int32Array(cells), 1, 1); return a + 10; }"), buffer, result("a")],
        c: [closure("(cells, a) => { Atomics.add(new Int32Array(cells), 2, 1); return a + 20; }"), buffer, result("a")],
        d: [
          closure("(cells, b, c) => { Atomics.add(new Int32Array(cells), 3, 1); return { b, c }; }"),
          buffer,
          result("b"),
          result("c"),
        ],
      },
      ["d", "d"],
    );
    expect(results).toEqual([
      { b: 10, c: 20 },
      { b: 10, c: 20 },
    ]);
    expect(results[0]).toBe(results[1]);
    expect([...cells]).toEqual([1, 1, 1, 1]);
  });

  test("passes null, false, 0, empty text, undefined and an empty array on as results", async () => {
    const values = [null, false, 0, "", undefined, [], new Float64Array(0)];
    const tasks: Record<string, TaskSpec> = {};
    values.forEach((value, i) => {
      tasks[`value${i}`] = ["identity", value];
      tasks[`same${i}`] = ["identity", result(`value${i}`)];
    });
    const same = values.map((_, i) => `same${i}`);
    expect(await compute(tasks, same)).toEqual(values);
    expect(await compute({ x: ["identity", null], y: ["isNull", result("x")] }, ["y"])).toEqual([true]);
  });

  test("keeps dates, maps, sets, typed arrays, bigints and shared memory as they are", async () => {
    const { buffer, cells } = sharedCells();
    const value = {
      date: new Date(5),
      map: new Map([["k", new Set([1n])]]),
      numbers: new Float32Array([1, 2]),
      bytes: new Uint8Array([3]),
    };
    const [plain, shared] = await compute({ a: ["identity", value], b: ["identity", { buffer }] }, ["a", "b"]);
    expect(plain).toEqual(value);
    Atomics.store(cells, 0, 7);
    expect(new Int32Array((shared as { buffer: SharedArrayBuffer }).buffer)[0]).toBe(7);
  });

  test("gives every consumer its own copy of an argument, also within a batch", async () => {
    const sort = closure("(list) => list.sort()[0]");
    const first = closure("(list) => list[0]");
    const tasks: Record<string, TaskSpec> = { list: ["identity", [3, 1, 2]] };
    for (let i = 0; i < 50; i++) {
      tasks[`sort${i}`] = [sort, result("list")];
      tasks[`first${i}`] = [first, result("list")];
    }
    const firsts = Array.from({ length: 50 }, (_, i) => `first${i}`);
    expect(await compute(tasks, firsts)).toEqual(firsts.map(() => 3));
  });

  test("waits for tasks that give promises, one task at a time per worker", async () => {
    expect(await compute({ a: ["wait", 5, 2], b: ["inc", result("a")] }, ["b"])).toEqual([3]);
  });

  test("runs builtin steps: containers, properties, methods", async () => {
    const results = await compute(
      {
        list: [Builtin.list, 1, 2],
        object: [Builtin.object, ["x", "y"], result("list"), 3],
        set: [Builtin.set, 1, 1],
        map: [Builtin.map, "k", result("set")],
        item: [Builtin.getitem, result("object"), "x"],
        joined: [Builtin.method, result("item"), "join", "-"],
        alias: [Builtin.identity, result("joined")],
      },
      ["object", "map", "alias"],
    );
    expect(results).toEqual([{ x: [1, 2], y: 3 }, new Map([["k", new Set([1])]]), "1-2"]);
  });

  test("runs a chain of 10,000 tasks", async () => {
    const tasks: Record<string, TaskSpec> = { t0: ["inc", 0] };
    for (let i = 1; i < 10_000; i++) tasks[`t${i}`] = ["inc", result(`t${i - 1}`)];
    expect(await compute(tasks, ["t9999"])).toEqual([10_000]);
  });

  test("sums the results of 20,000 tasks", async () => {
    const tasks: Record<string, TaskSpec> = {};
    for (let i = 0; i < 20_000; i++) tasks[`t${i}`] = ["inc", i];
    tasks.sum = ["sum", ...Array.from({ length: 20_000 }, (_, i) => result(`t${i}`))];
    expect(await compute(tasks, ["sum"])).toEqual([200_010_000]);
  });

  test("finishes a graph without tasks", async () => {
    expect(await compute({}, [])).toEqual([]);
  });

  test("runs two graphs at once", async () => {
    const one = compute({ a: ["wait", 20, "one"] }, ["a"]);
    const two = compute({ a: ["wait", 20, "two"] }, ["a"]);
    expect(await Promise.all([one, two])).toEqual([["one"], ["two"]]);
  });

  test("refuses an argument that cannot travel and names the task", () => {
    expect(() => compute({ a: ["identity", () => 1] }, ["a"])).toThrow(
      "argument of task a: a value cannot travel between threads: ()=>1 could not be cloned.",
    );
  });

  test("refuses a number of workers that makes no sense", async () => {
    const run = async (): Promise<unknown> =>
      engine.start(requestOf(packedGraph({ a: ["inc", 1] }, ["a"]), { workers: 0 })).results;
    await expect(run()).rejects.toMatchObject({ name: "ArgumentError" });
  });
});
