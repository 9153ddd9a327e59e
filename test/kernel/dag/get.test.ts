import { get } from "../../../kernel/src/dag/get.js";
import { ref, task } from "../../../kernel/src/dag/graph/index.js";
import { InlineEngine } from "../../support/inline-engine.js";

const inc = (x: number) => x + 1;
const add = (a: number, b: number) => a + b;
const sum = (list: readonly number[]) => list.reduce(add, 0);
const same = (value: unknown) => value;

let engine: InlineEngine;
beforeEach(() => {
  engine = new InlineEngine();
});

const graph = {
  x: 1,
  y: task(inc, ref("x")),
  z: task(add, task(inc, ref("x")), task(inc, task(inc, ref("x")))),
};

test("the result has the shape of the request", async () => {
  expect(await get(graph, "y", { engine })).toBe(2);
  expect(await get(graph, ["y", "x"], { engine })).toEqual([2, 1]);
  expect(await get(graph, [["x"], ["y", ["z"]]], { engine })).toEqual([[1], [2, [5]]]);
});

test("an array that is a key is one key", async () => {
  const blocks = new Map<string | readonly (string | number)[], unknown>([
    [["x", 0], task(inc, 1)],
    ["x", task(inc, 5)],
  ]);
  expect(await get(blocks, ["x", 0], { engine })).toBe(2);
  expect(await get(blocks, [["x", 0], "x"], { engine })).toEqual([2, 6]);
});

test("nested tasks run as one task", async () => {
  expect(await get(graph, "z", { engine })).toBe(5);
  expect(engine.requests[0]!.graph.size).toBe(1);
});

test("references in lists are resolved at any depth", async () => {
  const nested = {
    ...graph,
    sum: task(sum, [ref("x"), ref("y"), 10]),
    list: task(same, [[ref("x"), [ref("y")]], "q"]),
  };
  expect(await get(nested, ["sum", "list"], { engine })).toEqual([13, [[1, [2]], "q"]]);
});

test("references in objects, Maps and Sets are resolved", async () => {
  const nested = {
    x: 1,
    object: task(same, { k: ref("x"), j: [ref("x")] }),
    map: task(same, new Map<unknown, unknown>([["a", ref("x")]])),
    set: task(same, new Set([ref("x"), 5])),
  };
  expect(await get(nested, ["object", "map", "set"], { engine })).toEqual([
    { k: 1, j: [1] },
    new Map([["a", 1]]),
    new Set([1, 5]),
  ]);
});

test("aliases and lists as values", async () => {
  expect(await get({ x: 1, y: ref("x"), z: ref("y") }, "z", { engine })).toBe(1);
  expect(await get({ x: 1, l: [ref("x"), ref("x"), 3] }, "l", { engine })).toEqual([1, 1, 3]);
  expect(await get({ x: task(inc, 1), y: ref("x"), z: task(inc, ref("y")) }, ["y", "z"], { engine })).toEqual([2, 3]);
});

test("a string that equals a key stays a string", async () => {
  expect(await get({ x: 1, y: task(same, "x") }, "y", { engine })).toBe("x");
});

test("a missing reference fails before anything runs", async () => {
  await expect(get({ y: task(inc, ref("nokey")) }, "y", { engine })).rejects.toThrow(
    'task "y" needs "nokey", which is not in the graph',
  );
  await expect(get({ nokay: 1, y: task(inc, ref("nokey")) }, "y", { engine })).rejects.toThrow('did you mean "nokay"?');
  expect(engine.requests).toEqual([]);
});

test("an unknown requested key fails before anything runs", async () => {
  await expect(get(graph, "foo", { engine })).rejects.toThrow('the graph has no key "foo"');
  expect(engine.requests).toEqual([]);
});

test.each([
  [{ a: task(inc, ref("b")), b: task(inc, ref("c")), c: task(inc, ref("a")) }, "a -> b -> c -> a"],
  [{ a: task(inc, ref("a")) }, "a -> a"],
  [{ a: ref("b"), b: ref("a") }, "a -> b -> a"],
])("a cycle is shown as a path (%#)", async (cyclic, path) => {
  await expect(get(cyclic, "a", { engine })).rejects.toThrow(path);
});

test("a cycle that nothing needs does not matter", async () => {
  expect(await get({ x: task(inc, 1), a: task(inc, ref("a")) }, "x", { engine })).toBe(2);
});

//    d
//   / \
//  b   c
//   \ /
//    a
test("each task of a diamond runs once, also if asked for twice", async () => {
  let calls = 0;
  const count = (...args: readonly unknown[]) => {
    calls++;
    return { args };
  };
  const diamond = {
    a: task(count),
    b: task(count, ref("a")),
    c: task(count, ref("a")),
    d: task(count, ref("b"), ref("c")),
  };
  const [first, second] = (await get(diamond, ["d", "d"], { engine })) as unknown[];
  expect(calls).toBe(4);
  expect(first).toBe(second);
});

test.each([[null], [false], [0], [""], [[]], [undefined]])("%j is a result like any other", async (value) => {
  const values = { x: task(() => value), y: task((x: unknown) => x === value, ref("x")), data: value };
  expect(await get(values, ["y", "data"], { engine })).toEqual([true, value]);
  expect(await get({ x: value, y: task((x: unknown) => x === value, ref("x")) }, "y", { engine })).toBe(true);
});

test.each([true, false])("a chain of 10,000 runs (optimize: %s)", async (optimize) => {
  const chain = new Map<readonly (string | number)[], unknown>([[["x", 0], 0]]);
  for (let i = 1; i <= 10_000; i++) chain.set(["x", i], task(inc, ref(["x", i - 1])));
  expect(await get(chain, ["x", 10_000], { engine, optimize })).toBe(10_000);
  expect(engine.requests[0]!.graph.size).toBe(optimize ? 1 : 10_000);
});

test("20,000 tasks flow into one", async () => {
  const wide: Record<string, unknown> = {};
  for (let i = 0; i < 20_000; i++) wide[`x${i}`] = task(inc, i);
  wide.sum = task(
    sum,
    Array.from({ length: 20_000 }, (_, i) => ref(`x${i}`)),
  );
  expect(await get(wide, "sum", { engine })).toBe(200_010_000);
});

test("tasks nested 10,000 deep run", async () => {
  let nested: unknown = 0;
  for (let i = 0; i < 10_000; i++) nested = task(inc, nested);
  expect(await get({ nested }, "nested", { engine })).toBe(10_000);
});

test("data that is asked for never reaches the engine", async () => {
  const data = { rows: [1, 2] };
  expect(await get({ data, alias: ref("data") }, "alias", { engine })).toBe(data);
  expect(engine.requests).toEqual([]);
});

test("functions and objects of classes may be arguments", async () => {
  class Point {
    readonly x = 3;
    double(): number {
      return 2 * this.x;
    }
  }
  const call = (point: Point, f: (x: number) => number, { g }: { g: (x: number) => number }) => g(f(point.double()));
  expect(await get({ y: task(call, new Point(), inc, { g: inc }) }, "y", { engine })).toBe(8);
});

test("data that holds itself may be an argument, but not with a reference in it", async () => {
  const circle: unknown[] = [1];
  circle.push(circle);
  expect(await get({ y: task((list: unknown[]) => list[1] === list, circle) }, "y", { engine })).toBe(true);
  circle.push(ref("x"));
  await expect(get({ x: 1, y: task(same, circle) }, "y", { engine })).rejects.toThrow(
    'argument of task "y" holds itself',
  );
});

test("cull: false also runs what the request does not need", async () => {
  const called: string[] = [];
  const note = (name: string) => called.push(name);
  const two = { a: task(note, "a"), b: task(note, "b") };
  await get(two, "a", { engine });
  expect(called).toEqual(["a"]);
  await get(two, "a", { engine, cull: false });
  expect(called.sort()).toEqual(["a", "a", "b"]);
});

test("a request that is no key is refused", async () => {
  await expect(get(graph, null as never, { engine })).rejects.toThrow("null cannot be asked for");
});
