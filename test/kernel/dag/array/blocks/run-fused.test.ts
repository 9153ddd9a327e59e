import { runFused } from "../../../../../kernel/src/dag/array/blocks/run-fused.js";
import { compileGroup } from "../../../../../kernel/src/dag/array/compile-group.js";
import { fromArray } from "../../../../../kernel/src/dag/array/creation.js";
import { binary } from "../../../../../kernel/src/dag/array/elementwise.js";
import { fusionGroups } from "../../../../../kernel/src/dag/array/fusion-groups.js";
import { Arena, useArena } from "../../../../../kernel/src/dag/memory/arena.js";
import type { Block } from "../../../../../kernel/src/dag/memory/block.js";

/** The plan of a + b for two arrays with one axis. */
function planOfSum() {
  const [a, b] = [fromArray([1, 2, 3]), fromArray([10, 20, 30])];
  const sum = binary("add", a, b);
  const group = fusionGroups(sum).groups.get(sum);
  if (group === undefined) throw new Error("a sum is the root of a group");
  return compileGroup(group).plan;
}

function block(arena: Arena, memory: number, values: readonly number[]): Block {
  const made = arena.allocate("float64", [values.length], memory);
  arena.view(made).set(values);
  return made;
}

test("blocks of different memories of the arena meet in the memory of the first", () => {
  const arena = Arena.create({ limitBytes: 2 ** 33 });
  useArena(arena);
  const plan = planOfSum();
  const before = arena.used;
  const [a, b] = [block(arena, 1, [1, 2, 3]), block(arena, 0, [10, 20, 30])];
  expect([a.memory, b.memory]).toEqual([1, 0]);
  const sum = runFused(plan, { origin: [], shape: [3] }, a, b);
  expect([sum.memory, Array.from(arena.view(sum))]).toEqual([1, [11, 22, 33]]);
  for (const used of [a, b, sum]) arena.release(used);
  // what was copied between the memories is gone
  expect(arena.used).toBe(before);
});

test("a block and its temporary blocks go to another memory when that of the inputs is too full for both", () => {
  const arena = Arena.create({ limitBytes: 4e6, memoryBytes: 2e6 });
  useArena(arena);
  const plan = planOfSum();
  const before = arena.used;
  const count = 50_000;
  const a = arena.allocate("float64", [count], 0);
  const b = arena.allocate("float64", [count], 1);
  arena.view(a).fill(1);
  arena.view(b).fill(2);
  // Memory 0 has room for the result, not for the copy of `b` too.
  const filler = arena.allocate("float64", [110_000], 0);
  expect([a.memory, b.memory, filler.memory]).toEqual([0, 1, 0]);
  const sum = runFused(plan, { origin: [], shape: [count] }, a, b);
  expect(sum.memory).not.toBe(0);
  expect(Array.from(arena.view(sum).subarray(0, 2))).toEqual([3, 3]);
  for (const used of [a, b, filler, sum]) arena.release(used);
  expect(arena.used).toBe(before);
});

test("without a memory that has room for all, the error says what was asked for and nothing is left", () => {
  const arena = Arena.create({ limitBytes: 1e6, memoryBytes: 5e5 });
  useArena(arena);
  const plan = planOfSum();
  const a = arena.allocate("float64", [30_000], 0);
  const b = arena.allocate("float64", [30_000], 1);
  const before = arena.used;
  expect(() => runFused(plan, { origin: [], shape: [30_000] }, a, b)).toThrow(
    /^array memory is full: a temporary block of 234 KiB was asked for beside others in memory 0 of the arena/,
  );
  expect(arena.used).toBe(before);
});

test("a thread that is given another arena computes there", () => {
  for (const values of [
    [1, 2, 3],
    [4, 5, 6],
  ]) {
    const arena = Arena.create({ limitBytes: 1e6 });
    useArena(arena);
    const sum = runFused(planOfSum(), { origin: [], shape: [3] }, block(arena, 0, values), block(arena, 0, [1, 1, 1]));
    expect(Array.from(arena.view(sum))).toEqual(values.map((value) => value + 1));
  }
});
