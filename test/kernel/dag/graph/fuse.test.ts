import { get } from "../../../../kernel/src/dag/get.js";
import { fuse, type Graph, ref, type Task, task } from "../../../../kernel/src/dag/graph/index.js";
import { InlineEngine } from "../../../support/inline-engine.js";

const inc = (x: number) => x + 1;
const add = (a: number, b: number) => a + b;
const valuesOf = (graph: Graph, keys: readonly string[]) => get(graph, keys, { engine: new InlineEngine() });
const aliasesOf = (graph: Graph) => [...graph].filter(([, value]) => "id" in (value as object)).map(([key]) => key);

test("a chain becomes one task that is named after all, and its key still resolves", async () => {
  const fused = fuse({ a: 1, b: task(inc, ref("a")), c: task(inc, ref("b")) }, ["c"]);
  expect([...fused.keys()]).toEqual(["a-b-c", "c"]);
  expect((fused.get("a-b-c") as Task).fn).toBe(inc);
  expect(await valuesOf(fused, ["c"])).toEqual([3]);
});

test("a kept key stays a task of its own", () => {
  const fused = fuse({ a: 1, b: task(inc, ref("a")), c: task(inc, ref("b")) }, ["b", "c"]);
  expect([...fused.keys()]).toEqual(["a-b", "b", "c"]);
  expect((fused.get("c") as Task).args).toEqual([ref("b")]);
});

test("a chain of five becomes one task and an alias", async () => {
  const chain = Object.fromEntries([0, 1, 2, 3, 4].map((i) => [`x${i}`, task(inc, i === 0 ? 0 : ref(`x${i - 1}`))]));
  const fused = fuse(chain, ["x4"]);
  expect([...fused.keys()]).toEqual(["x0-x1-x2-x3-x4", "x4"]);
  expect(await valuesOf(fused, ["x4"])).toEqual([5]);
});

//   c   d
//    \ /
//     b
//     |
//     a
test("fusion stops at fan-out", async () => {
  const fused = fuse({ a: task(inc, 0), b: task(inc, ref("a")), c: task(inc, ref("b")), d: task(add, ref("b"), 10) }, [
    "c",
    "d",
  ]);
  expect([...fused.keys()]).toEqual(["a-b", "b", "c", "d"]);
  expect(aliasesOf(fused)).toEqual(["b"]);
  expect(await valuesOf(fused, ["c", "d"])).toEqual([3, 12]);
});

test("fusion stops before fan-in", () => {
  const fused = fuse({ a: task(inc, 0), b: task(inc, 1), c: task(add, ref("a"), ref("b")) }, ["c"]);
  expect([...fused.keys()]).toEqual(["a", "b", "c"]);
});

test("a result used twice by the next task is computed once", async () => {
  let calls = 0;
  const count = () => ++calls;
  const fused = fuse({ a: task(count), b: task(add, ref("a"), ref("a")) }, ["b"]);
  expect(await valuesOf(fused, ["b"])).toEqual([2]);
  expect(calls).toBe(1);
});

test("the name of a fused task has at most 120 characters and ends with the last key", () => {
  const chain = Object.fromEntries(
    Array.from({ length: 1000 }, (_, i) => [`x${i}`, task(inc, i === 0 ? 0 : ref(`x${i - 1}`))]),
  );
  const [name] = fuse(chain, ["x999"]).keys();
  expect(String(name).length).toBeLessThanOrEqual(120);
  expect(name).toMatch(/^x0-x1-x2-.*-x999$/);
});

test("a chain of one group keeps the last key", () => {
  const fused = fuse({ "inc-1": task(inc, 1), "inc-2": task(inc, ref("inc-1")) }, ["inc-2"]);
  expect([...fused.keys()]).toEqual(["inc-2"]);
});

//     c
//    / \
//   b1  b2
//    \ /
//     a
const branches = {
  a: task(inc, 1),
  b1: task(inc, ref("a")),
  b2: task(inc, ref("a")),
  c: task(add, ref("b1"), ref("b2")),
};

test("branches are fused up to the width, and give the same result", async () => {
  expect([...fuse(branches, ["c"], { width: 1 }).keys()]).toEqual(["a", "b1", "b2", "c"]);
  const fused = fuse(branches, ["c"], { width: 2.01 });
  expect([...fused.keys()]).toEqual(["a", "c"]);
  expect(await valuesOf(fused, ["c"])).toEqual([6]);
  expect([...fuse(branches, ["b1", "c"], { width: 9 }).keys()]).toEqual(["a", "b1", "c"]);
});

test("a task that waits for another counts as a branch", () => {
  const graph = { a: task(inc, 1), b: task(inc, 2), c: task(add, ref("a"), ref("b")), d: task(inc, ref("a")) };
  expect([...fuse(graph, ["c", "d"], { width: 1.9 }).keys()]).toEqual(["a", "b", "c", "d"]);
  expect([...fuse(graph, ["c", "d"], { width: 2 }).keys()]).toEqual(["a", "c", "d"]);
});

test("a tree is fused into pieces of the width", async () => {
  const tree: Record<string, unknown> = {};
  for (let i = 0; i < 16; i++) tree[`t4-${i}x`] = task(inc, i);
  for (let level = 3; level >= 0; level--) {
    for (let i = 0; i < 2 ** level; i++) {
      tree[`t${level}-${i}x`] = task(add, ref(`t${level + 1}-${2 * i}x`), ref(`t${level + 1}-${2 * i + 1}x`));
    }
  }
  const fused = fuse(tree, ["t0-0x"], { width: 4 });
  expect(fused.size).toBe(5);
  expect(await valuesOf(fused, ["t0-0x"])).toEqual([136]);
});

test.each([[0], [Number.NaN], ["2"]])("a width of %p is refused", (width) => {
  expect(() => fuse(branches, ["c"], { width: width as number })).toThrow("width must be a number of at least 1");
});
