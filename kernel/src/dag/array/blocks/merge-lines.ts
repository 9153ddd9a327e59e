/**
 * Merges sorted lines of elements in the arena.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { elementsOver, itemsize } from "../../memory/dtype.js";
import { instanceFor } from "../emitter/kernel-cache.js";
import { emitMerge, type MergePairs, PAIRS, type Sorted } from "../emitter/merge-kernel.js";
import type { Scratch } from "./scratch.js";
import { splitRuns } from "./split-runs.js";

/** A sorted line without NaN, in bytes of one memory. */
export interface Line {
  readonly start: number;
  readonly end: number;
}

/**
 * Merges lines two by two until one is left, which begins where `output` does.
 * @param lines in the memory of `output`; not changed
 */
export function mergeLines(lines: readonly Line[], output: Block, scratch: Scratch): void {
  const { dtype, shape, offset } = output;
  const mergePair = pairMerger(output, scratch);
  const levels = Math.max(1, Math.ceil(Math.log2(lines.length)));
  const spare = levels > 1 ? scratch.allocate(dtype, shape).offset : offset;
  let left = lines;
  for (let level = 0; level < levels; level++) {
    // the last level ends in the output
    let at = (levels - level) % 2 === 1 ? offset : spare;
    const merged: Line[] = [];
    for (let i = 0; i < left.length; i += 2) {
      const first = left[i];
      const second = left[i + 1] ?? { start: first.end, end: first.end };
      const end = at + first.end - first.start + (second.end - second.start);
      mergePair(first, second, at);
      merged.push({ start: at, end });
      at = end;
    }
    left = merged;
  }
}

/** Merges a pair of lines as several pairs of parts of them, which the kernel goes through side by side. */
function pairMerger({ dtype, memory }: Block, scratch: Scratch): (first: Line, second: Line, target: number) => void {
  const merge = instanceFor<MergePairs>(`merge ${dtype}`, memory, () => emitMerge(dtype as Sorted));
  const record = scratch.allocate("int32", [PAIRS * 5]);
  const fields = arena().view(record);
  const { buffer } = arena().handle.memories[memory];
  const size = itemsize(dtype);
  const elements = ({ start, end }: Line) => elementsOver(dtype, buffer, start, (end - start) / size);
  return (first, second, target) => {
    const lines = [elements(first), elements(second)];
    const total = lines[0].length + lines[1].length;
    let from = [0, 0];
    for (let part = 0; part < PAIRS; part++) {
      const rank = Math.floor((total * part) / PAIRS);
      const to = splitRuns(lines, Math.floor((total * (part + 1)) / PAIRS));
      const positions = [first.start + from[0] * size, first.start + to[0] * size];
      positions.push(second.start + from[1] * size, second.start + to[1] * size, target + rank * size);
      fields.set(positions, part * positions.length);
      from = to;
    }
    merge(record.offset);
  };
}

/** The elements `from` to `to` of a block. */
export function lineOf({ offset, dtype }: Block, from: number, to: number): Line {
  return { start: offset + from * itemsize(dtype), end: offset + to * itemsize(dtype) };
}
