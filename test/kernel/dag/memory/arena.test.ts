import fc from "fast-check";
import { Arena } from "../../../../kernel/src/dag/memory/arena.js";
import type { Block } from "../../../../kernel/src/dag/memory/block.js";
import { addHolders } from "../../../../kernel/src/dag/memory/holders.js";
import { MemoryError } from "../../../../kernel/src/errors.js";
import { fixed } from "../../../support/array-cases.js";

const megabyte = 131_072; // float64 elements

test("creating an arena takes no memory until blocks are written", () => {
  const before = process.memoryUsage().rss;
  const arena = Arena.create({ limitBytes: 2 ** 33 });
  expect(arena.handle.memories.length).toBeGreaterThanOrEqual(2);
  expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
});

test("a block holds its elements at a multiple of 64 bytes", () => {
  const arena = Arena.create({ limitBytes: 1e6 });
  const block = arena.allocate("float32", [3, 5]);
  expect(block.offset % 64).toBe(0);
  expect(arena.view(block)).toHaveLength(15);
  arena.view(block).fill(7);
  expect(Array.from(Arena.attach(arena.handle).view(block))).toEqual(new Array(15).fill(7));
});

test("a block is freed with its last reference, and its place used again", () => {
  const arena = Arena.create({ limitBytes: 1e8 });
  const block = arena.allocate("float64", [megabyte]);
  arena.retain(block);
  arena.release(block);
  expect(arena.used).toBeGreaterThanOrEqual(8 * megabyte);
  arena.release(block);
  expect(arena.used).toBe(0);
  expect(arena.peak).toBeGreaterThanOrEqual(8 * megabyte);
  expect(arena.allocate("float64", [megabyte]).offset).toBe(block.offset);
});

test("using a block after its release is an error", () => {
  const arena = Arena.create({ limitBytes: 1e6 });
  const block = arena.allocate("int32", [10]);
  arena.release(block);
  expect(() => arena.release(block)).toThrow("is not in use: it was released twice or never allocated");
  expect(() => arena.retain(block)).toThrow(MemoryError);
  expect(arena.used).toBe(0);
});

test("a full arena names what was asked, used and allowed, and what to do", () => {
  const arena = Arena.create({ limitBytes: 20e6 });
  arena.allocate("float64", [1.5e6]);
  expect(() => arena.allocate("float64", [1e6])).toThrow(
    /^array memory is full: a block of 7\.63 MiB was asked for, 11\.\d MiB of 19\.1 MiB are in use: use smaller chunks/,
  );
  expect(() => arena.allocate("float64", [1e12])).toThrow("a block of 7.28 TiB was asked for");
});

test("blocks in use are counted, and the largest free piece is known to within 3 %", () => {
  const arena = Arena.create({ limitBytes: 64e6, memoryBytes: 32e6 });
  expect(arena.handle.memories.length).toBe(2);
  expect([arena.blocks, arena.used]).toEqual([0, 0]);
  expect(arena.fragmentation).toBeLessThan(0.03);
  const blocks = Array.from({ length: 8 }, () => arena.allocate("float64", [megabyte / 2]));
  expect(arena.blocks).toBe(8);
  const before = arena.fragmentation;
  for (const block of blocks.filter((_, i) => i % 2 === 0)) arena.release(block);
  // Four holes of 0.5 MiB that no large block can use.
  expect(arena.blocks).toBe(4);
  expect(arena.fragmentation - before).toBeGreaterThan(0.01);
  for (const block of blocks.filter((_, i) => i % 2 === 1)) arena.release(block);
  expect([arena.blocks, arena.used]).toEqual([0, 0]);
  expect(arena.fragmentation).toBeLessThan(0.03);
});

test("a full arena names the three that hold most, and the rest", () => {
  const arena = Arena.create({ limitBytes: 20e6 });
  arena.allocate("float64", [1.5e6]);
  const holder = { onDisk: 0, count: 2 };
  const remove = addHolders(() => [
    { ...holder, owner: "persisted", name: "x-1", bytes: 2 ** 20 },
    { ...holder, owner: { run: "mean" }, name: "y-2", bytes: 4 * 2 ** 20 },
    { ...holder, owner: "persisted", name: "small", bytes: 2 ** 10, count: 1 },
    { ...holder, owner: "persisted", name: "z", bytes: 2 ** 12, count: 1 },
    { ...holder, owner: "persisted", name: "on disk", bytes: 0, onDisk: 2 ** 30 },
  ]);
  const held =
    /\. Held: 4\.00 MiB by y-2 of run mean \(2 results\), 1\.00 MiB by persisted x-1 \(2 results\), 4\.00 KiB by persisted z \(1 result\), 6\.\d\d MiB by other results, arguments/;
  expect(() => arena.allocate("float64", [1e6])).toThrow(held);
  remove();
  expect(() => arena.allocate("float64", [1e6])).toThrow(/higher limit$/);
});

test("the list of tracked blocks has what was allocated and not released", () => {
  const arena = Arena.create({ limitBytes: 1e6 });
  const before = arena.allocate("int32", [1]);
  arena.track();
  const [kept, dropped] = [arena.allocate("int32", [1]), arena.allocate("int32", [1])];
  arena.release(dropped);
  arena.release(before);
  expect(arena.takeTracked()).toEqual([kept]);
  arena.allocate("int32", [1]);
  expect(arena.takeTracked()).toEqual([]);
});

test("blocks never overlap, and all memory is one piece again after any order of releases", () => {
  const steps = fc.array(
    fc.record({ size: fc.integer({ min: 1, max: 60_000 }), drop: fc.nat(), drops: fc.boolean() }),
    {
      minLength: 300,
      maxLength: 300,
    },
  );
  for (const sequence of fc.sample(steps, fixed(10))) {
    const arena = Arena.create({ limitBytes: 8e6 });
    const live: { block: Block; mark: number }[] = [];
    const release = (index: number) => {
      const [{ block, mark }] = live.splice(index, 1);
      const view = arena.view(block);
      // what another block wrote over would have another mark at one of its ends
      expect([view[0], view[view.length - 1]]).toEqual([mark, mark]);
      arena.release(block);
    };
    for (const [mark, { size, drop, drops }] of sequence.entries()) {
      if (drops && live.length > 0) release(drop % live.length);
      const block = tryAllocate(arena, size);
      if (block === undefined) continue;
      arena.view(block).fill(mark);
      live.push({ block, mark });
    }
    while (live.length > 0) release(0);
    expect(arena.used).toBe(0);
    arena.allocate("float64", [7.5e6 / 8]);
  }
});

function tryAllocate(arena: Arena, size: number): Block | undefined {
  try {
    return arena.allocate("int32", [size]);
  } catch (error) {
    if (error instanceof MemoryError) return undefined;
    throw error;
  }
}
