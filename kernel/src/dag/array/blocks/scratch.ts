/**
 * Blocks that live only as long as one call.
 * @module
 */

import { MemoryError } from "../../../errors.js";
import { formatBytes } from "../../../format-bytes.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { type DType, itemsize, setElements } from "../../memory/dtype.js";

/** Allocates temporary blocks in one memory and releases them all at the end. */
export class Scratch {
  private readonly blocks: Block[] = [];
  /** number of the memory of the arena */
  readonly memory: number;

  constructor(memory: number) {
    this.memory = memory;
  }

  /** @throws {MemoryError} if this memory of the arena has no room, though another may have */
  allocate(dtype: DType, shape: readonly number[]): Block {
    const block = this.allocateAnywhere(dtype, shape);
    if (block.memory === this.memory) return block;
    throw new NoRoomError(
      this.memory,
      shape.reduce((product, size) => product * size, itemsize(dtype)),
    );
  }

  /** A block in any memory that has room: for what no kernel reads. */
  allocateAnywhere(dtype: DType, shape: readonly number[]): Block {
    const block = arena().allocate(dtype, shape, this.memory);
    this.blocks.push(block);
    return block;
  }

  /** The block itself, or a temporary copy if it stands in another memory: a kernel sees one memory. */
  local(block: Block): Block {
    if (block.memory === this.memory) return block;
    const copy = this.allocate(block.dtype, block.shape);
    setElements(arena().elements(copy), arena().elements(block));
    return copy;
  }

  release(): void {
    for (const block of this.blocks) arena().release(block);
  }
}

/** One memory of the arena has no room beside a new block; another may have. */
class NoRoomError extends MemoryError {
  constructor(memory: number, asked: number) {
    const { used, limit } = arena();
    super(
      `array memory is full: a temporary block of ${formatBytes(asked)} was asked for beside others in memory ${memory} ` +
        `of the arena, ${formatBytes(used)} of ${formatBytes(limit)} are in use: use smaller chunks, or drop persisted arrays`,
      { asked, used, limit, memory },
    );
    // Whoever is not here sees the class that is documented.
    this.name = "MemoryError";
  }
}

/**
 * Calls `compute` with a fresh block and scratch memory beside it; returns the block.
 * If `compute` throws, the block is released. A kernel sees one memory: if its memory is too full for what `compute`
 * needs, `compute` is called again with a block in another, and must therefore do the same again.
 * @param near a block that will be read: the new one is put into the same memory if it has room
 * @throws {MemoryError} if no memory has room for all
 */
export function newBlock(
  dtype: DType,
  shape: readonly number[],
  near: Block | undefined,
  compute: (block: Block, scratch: Scratch) => void,
): Block {
  const first = arena().allocate(dtype, shape, near?.memory);
  try {
    return computed(first, compute);
  } catch (error) {
    const found = error instanceof NoRoomError ? elsewhere(dtype, shape, first.memory, compute) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

/** The block made in another memory than `full`; undefined if none has room. */
function elsewhere(
  dtype: DType,
  shape: readonly number[],
  full: number,
  compute: (block: Block, scratch: Scratch) => void,
): Block | undefined {
  const { length } = arena().handle.memories;
  for (let turn = 1; turn < length; turn++) {
    const memory = (full + turn) % length;
    const block = arena().allocate(dtype, shape, memory);
    if (block.memory !== memory) {
      arena().release(block);
      continue;
    }
    try {
      return computed(block, compute);
    } catch (error) {
      if (!(error instanceof NoRoomError)) throw error;
    }
  }
  return undefined;
}

/** The block, filled; released if `compute` throws. */
function computed(block: Block, compute: (block: Block, scratch: Scratch) => void): Block {
  const scratch = new Scratch(block.memory);
  try {
    compute(block, scratch);
    return block;
  } catch (error) {
    arena().release(block);
    throw error;
  } finally {
    scratch.release();
  }
}
