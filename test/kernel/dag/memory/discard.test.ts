import process from "node:process";
import fc from "fast-check";
import { Arena } from "../../../../kernel/src/dag/memory/arena.js";
import type { Block } from "../../../../kernel/src/dag/memory/block.js";
import { discarder, PAGE_BYTES } from "../../../../kernel/src/dag/memory/discard.js";
import { sizeOf } from "../../../../kernel/src/dag/memory/strides.js";
import { fixed } from "../../../support/array-cases.js";

const goOn = () => true;
const bytesOf = (arena: Arena, memory: number) => new Uint8Array(arena.handle.memories[memory].buffer);

/** An arena with some of its blocks released in between. */
function withHoles(sizes: readonly number[]): { readonly arena: Arena; readonly live: readonly Block[] } {
  const arena = Arena.create({ limitBytes: 64e6, memoryBytes: 32e6 });
  const blocks = sizes.map((size) => arena.allocate("int32", [size]));
  for (const [i, block] of blocks.entries()) arena.view(block).fill(i + 1);
  for (const [i, block] of blocks.entries()) if (i % 3 === 0) arena.release(block);
  return { arena, live: blocks.filter((_, i) => i % 3 !== 0) };
}

test("trimming gives whole pages to the system, never one on which a block stands, and all that are large and free", async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 10, maxLength: 20 });
  for (const sample of fc.sample(sizes, fixed(20))) {
    const { arena, live } = withHoles(sample);
    const dropped: { readonly memory: number; readonly start: number; readonly end: number }[] = [];
    await arena.trim(({ buffer, byteOffset, byteLength }) => {
      const memory = arena.handle.memories.findIndex((one) => one.buffer === buffer);
      dropped.push({ memory, start: byteOffset, end: byteOffset + byteLength });
    }, goOn);
    for (const { start, end } of dropped) expect([start % PAGE_BYTES, end % PAGE_BYTES]).toEqual([0, 0]);
    for (const { memory, offset, shape } of live) {
      const end = offset + 4 * sizeOf(shape);
      // the header before a block, too
      const hits = dropped.filter((part) => part.memory === memory && part.start < end && part.end > offset - 64);
      expect(hits).toEqual([]);
    }
    const total = arena.handle.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    const given = dropped.reduce((sum, { start, end }) => sum + end - start, 0);
    // At each end of a free piece less than a page stays.
    expect(given).toBeGreaterThan(total - arena.used - (live.length + 3) * 2 * PAGE_BYTES);
    expect(given).toBeLessThanOrEqual(total - arena.used);
  }
});

test("trimming stops when it is told to", async () => {
  const { arena } = withHoles([2e6, 2e6, 2e6]);
  let parts = 0;
  await arena.trim(
    () => {
      parts += 1;
    },
    () => parts < 1,
  );
  expect(parts).toBe(1);
});

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux(
  "pages are given back by a call of the system: they read as zeros, blocks are as they were, and memory is usable",
  async () => {
    const { arena, live } = withHoles([2e6, 100_000, 3e6, 1_000, 2e6, 30_000]);
    const discard = discarder();
    if (discard === undefined) throw new Error("koffi is not installed");
    const before = live.map((block) => arena.view(block).slice());
    const hole = bytesOf(arena, 0).subarray(2 * PAGE_BYTES, 3 * PAGE_BYTES);
    expect(hole.includes(1)).toBe(true);
    await arena.trim(discard, goOn);
    expect(hole.every((byte) => byte === 0)).toBe(true);
    for (const [i, block] of live.entries()) expect(Buffer.compare(bytes(arena.view(block)), bytes(before[i]))).toBe(0);
    const again = arena.allocate("int32", [2e6]);
    arena.view(again).fill(7);
    for (const block of [...live, again]) arena.release(block);
    expect(arena.used).toBe(0);
  },
);

function bytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
