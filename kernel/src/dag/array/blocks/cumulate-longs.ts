/**
 * Cumulative sums and products of integers of 64 bits, in the three steps of cumulative.ts. They wrap around.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { asBigInts, itemsize, type LongType } from "../../memory/dtype.js";
import { type CumulateLongs, emitCumulateLongs } from "../emitter/cumulate-kernel.js";
import { instanceFor } from "../emitter/kernel-cache.js";
import type { Cumulative, CumulativePlan } from "./cumulative.js";
import type { FusedPlan, Place } from "./fused-plan.js";
import { blockFromSource, type FusedSource, PIECE_ELEMENTS } from "./fused-source.js";
import { linesOf } from "./lines.js";
import { newBlock } from "./scratch.js";

/** What is the same for all blocks. */
export interface CumulateLongsPlan extends Pick<CumulativePlan, "op" | "axis"> {
  readonly dtype: LongType;
}

const SIZE = itemsize("int64");

/** The sum or product of every line of a block: size 1 along the axis. */
export function totalLongBlock(
  cumulate: CumulateLongsPlan,
  plan: FusedPlan,
  place: Place,
  ...blocks: readonly Block[]
): Block {
  const { op, axis, dtype } = cumulate;
  const shapeOf = (space: readonly number[]) => space.map((size, i) => (i === axis ? 1 : size));
  return blockFromSource(dtype, { plan, place, blocks }, shapeOf, (source, output) => {
    asBigInts(arena().elements(output)).fill(neutral(op));
    const run = kernelOf(op, output.memory);
    const { n, inner } = linesOf(source.shape, axis);
    const step = inner > 1 ? SIZE : 0;
    eachRun(source, n, inner, ({ address, count, line }) => {
      const total = output.offset + line * SIZE;
      run(address, total, total, count, step, step);
    });
  });
}

/** What stands before each block: position i along the axis has the totals of blocks 0 to i - 1 together. */
export function cumulateLongTotals({ op, axis, dtype }: CumulateLongsPlan, ...totals: readonly Block[]): Block {
  const shape = totals[0].shape.map((size, i) => (i === axis ? totals.length + 1 : size));
  return newBlock(dtype, shape, totals[0], (output) => {
    const prefixes = asBigInts(arena().elements(output));
    const { outer, n, inner } = linesOf(shape, axis);
    for (let line = 0; line < outer * inner; line++) {
      let running = neutral(op);
      for (let number = 0; number < n; number++) {
        prefixes[Math.floor(line / inner) * n * inner + number * inner + (line % inner)] = running;
        if (number === totals.length) break;
        const own = asBigInts(arena().elements(totals[number]))[line];
        running = BigInt.asUintN(64, op === "cumsum" ? running + own : running * own);
      }
    }
  });
}

/**
 * One block of the result.
 * @param number of the block along the axis
 * @param prefixes what `cumulateLongTotals` returned
 */
export function cumulateLongBlock(
  { op, axis, dtype }: CumulateLongsPlan,
  number: number,
  prefixes: Block,
  plan: FusedPlan,
  place: Place,
  ...blocks: readonly Block[]
): Block {
  const shapeOf = (space: readonly number[]) => space;
  return blockFromSource(dtype, { plan, place, blocks }, shapeOf, (source, output, scratch) => {
    const { outer, n, inner } = linesOf(source.shape, axis);
    const all = asBigInts(arena().elements(prefixes));
    const before = scratch.allocate(dtype, [outer * inner]);
    const running = asBigInts(arena().elements(before));
    const stride = prefixes.shape[axis] * inner;
    for (let line = 0; line < running.length; line++) {
      running[line] = all[Math.floor(line / inner) * stride + number * inner + (line % inner)];
    }
    const run = kernelOf(op, output.memory);
    const step = inner > 1 ? SIZE : 0;
    eachRun(source, n, inner, ({ address, count, line, start }) => {
      run(address, before.offset + line * SIZE, output.offset + start * SIZE, count, step, SIZE);
    });
  });
}

/** Elements that follow one another: of one line, or one of each of several lines from `line` on. */
interface Run {
  /** first byte */
  readonly address: number;
  readonly count: number;
  readonly line: number;
  /** position of the first element in the block */
  readonly start: number;
}

/** Calls `visit` for the elements of a block in C order: rows across lines, or lines in parts if they lie along it. */
function eachRun(source: FusedSource, n: number, inner: number, visit: (run: Run) => void): void {
  const unit = inner > 1 ? inner : Math.min(Math.max(1, n), PIECE_ELEMENTS);
  source.eachElements(unit, ({ byteOffset, length }, first) => {
    for (let from = 0; from < length; ) {
      const start = first + from;
      const count = inner > 1 ? inner : Math.min(n - (start % n), length - from);
      const line = Math.floor(start / (n * inner)) * inner;
      visit({ address: byteOffset + from * SIZE, count, line, start });
      from += count;
    }
  });
}

function neutral(op: Cumulative): bigint {
  return op === "cumsum" ? 0n : 1n;
}

function kernelOf(op: Cumulative, memory: number): CumulateLongs {
  const operation = op === "cumsum" ? "add" : "multiply";
  return instanceFor(`cumulate longs ${operation}`, memory, () => emitCumulateLongs(operation));
}
