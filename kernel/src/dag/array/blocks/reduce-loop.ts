/**
 * Drives a fused kernel that reduces axes of one block.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { asNumbers, fillElements, isBigInts, isFloat } from "../../memory/dtype.js";
import { sizeOf } from "../../memory/strides.js";
import { type Combine, identityOf } from "../emitter/combine.js";
import { eachRows, type FusedWork, layoutOf, type Rows, rowRunner } from "./elementwise-loop.js";
import type { Layout } from "./layout.js";
import { type Arithmetic, longArithmetic, numberArithmetic, reduceAxes } from "./partials.js";

/** Elements that one accumulator chain of a kernel adds up before the partial sums are added pairwise. */
const LONGEST_ROW = 1024;
/** Rows that are added to one another before their sum is added to the output. */
const MOST_ROWS = 256;

/** Reduces the axes along which the output has stride 0. */
export function reduceElements(work: FusedWork, combine: Combine): void {
  const layout = layoutOf(work);
  const identity = identityOf(combine, work.output.dtype);
  if (sizeOf(layout.shape) === 0) fillElements(arena().elements(work.output), identity);
  else if ((layout.strides.at(-1)?.at(-1) ?? 0) === 0) foldRows(work, layout, combine);
  else addRows(work, layout, combine, identity);
}

/** The last axis is reduced: every row becomes one element, then those are reduced over the outer axes. */
function foldRows(work: FusedWork, layout: Layout, combine: Combine): void {
  const pieces = layout.shape.length === 1 ? splitRow(layout) : [{ layout, start: 0 }];
  const output = arena().elements(work.output);
  for (const [number, { layout: piece, start }] of pieces.entries()) {
    const outer = piece.shape.slice(0, -1);
    const partial = work.scratch.allocate(work.output.dtype, [sizeOf(outer)]);
    runIntoPartials(work, piece, start, combine, partial);
    const reduced = outer.map((_, axis) => piece.strides.at(-1)?.[axis] === 0);
    const folded = arena().elements(partial);
    const isFirst = number === 0;
    if (isBigInts(folded) && isBigInts(output)) {
      foldInto(output, reduceAxes(folded, outer, reduced, longArithmetic(combine)), longArithmetic(combine), isFirst);
    } else {
      const arithmetic = numberArithmetic(combine);
      foldInto(asNumbers(output), reduceAxes(asNumbers(folded), outer, reduced, arithmetic), arithmetic, isFirst);
    }
  }
}

function foldInto<Item>(
  output: { [index: number]: Item },
  values: ArrayLike<Item>,
  { combine }: Arithmetic<Item>,
  isFirst: boolean,
): void {
  for (let i = 0; i < values.length; i++) output[i] = isFirst ? values[i] : combine(output[i], values[i]);
}

/** Writes the fold of each row to `partial`, in C order of the outer axes. */
function runIntoPartials(work: FusedWork, layout: Layout, start: number, combine: Combine, partial: Block): void {
  const run = rowRunner(work, layout, { sink: "fold", combine }, partial);
  let done = 0;
  eachRows(layout, ({ positions, rows, n, rowSteps }) => {
    const operands = positions.slice(0, -1).map((at, i) => at + start * (layout.strides[i].at(-1) ?? 0));
    run({ positions: [...operands, done], rows, n, rowSteps: [...rowSteps.slice(0, -1), 1] });
    done += rows;
  });
}

/** One long row as many short ones and a rest. */
function splitRow({ shape: [n], strides }: Layout): { layout: Layout; start: number }[] {
  const rows = Math.floor(n / LONGEST_ROW);
  const pieces = [];
  if (rows > 0) {
    const shape = [rows, LONGEST_ROW];
    pieces.push({ layout: { shape, strides: strides.map(([step]) => [step * LONGEST_ROW, step]) }, start: 0 });
  }
  if (rows * LONGEST_ROW < n) {
    const layout = { shape: [n - rows * LONGEST_ROW], strides };
    pieces.push({ layout, start: rows * LONGEST_ROW });
  }
  return pieces;
}

/** The last axis stays: rows are added to rows of the output. */
function addRows(work: FusedWork, layout: Layout, combine: Combine, identity: number | bigint): void {
  const sink = { sink: "into", combine } as const;
  fillElements(arena().elements(work.output), identity);
  const run = rowRunner(work, layout, sink, work.output);
  const n = layout.shape.at(-1) ?? 1;
  const { dtype } = work.output;
  // integers lose nothing by being added up one after the other
  const isLong =
    combine === "sum" &&
    isFloat(dtype) &&
    (layout.shape.at(-2) ?? 1) > MOST_ROWS &&
    layout.strides.at(-1)?.at(-2) === 0;
  if (!isLong) {
    eachRows(layout, run);
    return;
  }
  const output = arena().view(work.output);
  const batchBlock = work.scratch.allocate(dtype, [n]);
  const batch = arena().view(batchBlock);
  const runBatch = rowRunner(work, layout, sink, batchBlock);
  eachRows(layout, (all: Rows) => {
    const target = all.positions[all.positions.length - 1];
    for (let row = 0; row < all.rows; row += MOST_ROWS) {
      batch.fill(0);
      const operands = all.positions.slice(0, -1).map((at, i) => at + row * all.rowSteps[i]);
      runBatch({ ...all, positions: [...operands, 0], rows: Math.min(MOST_ROWS, all.rows - row) });
      for (let j = 0; j < n; j++) output[target + j] += batch[j];
    }
  });
}
