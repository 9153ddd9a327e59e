/**
 * Blocks that live only as long as one call.
 * @module
 */
import { MemoryError } from "../../../errors.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { DType } from "../../memory/dtype.js";

/** Allocates temporary blocks in one memory and releases them all at the end. */
export class Scratch {
  private readonly blocks: Block[] = [];
  private readonly memory: number;

  constructor(memory: number) {
    this.memory = memory;
  }

  /** @throws {MemoryError} if this memory of the arena has no room, though another may have */
  allocate(dtype: DType, shape: readonly number[]): Block {
    const block = this.allocateAnywhere(dtype, shape);
    if (block.memory === this.memory) return block;
    throw new MemoryError(
      `no room for a temporary block of shape [${shape}] in memory ${this.memory} of the arena: use smaller chunks`,
      { dtype, shape, memory: this.memory },
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
    arena().view(copy).set(arena().view(block));
    return copy;
  }

  release(): void {
    for (const block of this.blocks) arena().release(block);
  }
}

/**
 * Calls `compute` with a fresh block and scratch memory beside it; returns the block.
 * If `compute` throws, the block is released.
 * @param near a block that will be read: the new one is put into the same memory if it has room
 */
export function newBlock(
  dtype: DType,
  shape: readonly number[],
  near: Block | undefined,
  compute: (block: Block, scratch: Scratch) => void,
): Block {
  const block = arena().allocate(dtype, shape, near?.memory);
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
