/**
 * A block of an array in shared memory. It is plain data: it crosses threads by structured clone while
 * the bytes stay where they are.
 * @module
 */
import type { DType } from "./dtype.js";

/** Elements `[shape]` in C order at `offset` of one of the arena's memories. */
export interface Block {
  /** the mark by which a value from another thread is known to be a block */
  readonly dagbook: "block";
  /** index of the arena's memory */
  readonly memory: number;
  /** first byte in that memory, a multiple of 16 */
  readonly offset: number;
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** the value is an NDArray that a task returned: whoever gets it sees an NDArray, not a block */
  readonly ndarray?: true;
}

/** True for a block, also one that was cloned from another thread. */
export function isBlock(value: unknown): value is Block {
  return typeof value === "object" && value !== null && (value as { dagbook?: unknown }).dagbook === "block";
}
