/**
 * Cumulative sums and products: every block is totalled, the totals are cumulated, then every block goes on
 * from what stands before it.
 * @see G. E. Blelloch: Prefix sums and their applications, 1990
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { TypedArray } from "../../memory/dtype.js";
import {
  type CumulateLine,
  emitCumulateLine,
  emitSumLine,
  type SumLine,
  TURN_ELEMENTS,
} from "../emitter/cumulative-kernel.js";
import { instanceFor } from "../emitter/kernel-cache.js";
import type { Summed } from "../emitter/summed.js";
import type { FusedPlan, Place } from "./fused-plan.js";
import { blockFromSource, type FusedSource, PIECE_ELEMENTS } from "./fused-source.js";
import { linesOf } from "./lines.js";
import { newBlock } from "./scratch.js";

/** What is cumulated. */
export type Cumulative = "cumsum" | "cumprod";

/** What tasks are told besides their blocks. */
export interface CumulativePlan {
  readonly op: Cumulative;
  readonly axis: number;
  /** type in which the elements arrive; they are cumulated in float64 */
  readonly source: Summed;
}

/** The sum or product of every line of a block: float64, size 1 along `axis`. */
export function totalBlock(
  { op, axis, source: dtype }: CumulativePlan,
  plan: FusedPlan,
  place: Place,
  ...blocks: readonly Block[]
): Block {
  const shapeOf = (space: readonly number[]) => space.map((size, i) => (i === axis ? 1 : size));
  return blockFromSource("float64", { plan, place, blocks }, shapeOf, (source, output) => {
    const totals = arena()
      .view(output)
      .fill(op === "cumsum" ? 0 : 1);
    const { n, inner } = linesOf(source.shape, axis);
    if (inner > 1) {
      source.eachPiece(inner, (x, start) => {
        for (let row = 0; row < x.length / inner; row++) {
          const to = Math.floor((start / inner + row) / n) * inner;
          totalRow(op, x, row * inner, totals, to, inner);
        }
      });
      return;
    }
    const sumLine = instanceFor<SumLine>(`sum line ${dtype}`, output.memory, () => emitSumLine(dtype));
    eachLinePart(source, n, (x, from, count, line) => {
      const part = op === "cumsum" ? sumOf(x, from, count, sumLine) : productOf(x, from, count);
      totals[line] = op === "cumsum" ? totals[line] + part : totals[line] * part;
    });
  });
}

/** Calls `visit` with every line along the last axis, long ones in parts: elements `from` to `from + count` of `x`. */
function eachLinePart(
  source: FusedSource,
  n: number,
  visit: (x: TypedArray, from: number, count: number, line: number, start: number) => void,
): void {
  source.eachPiece(Math.min(Math.max(1, n), PIECE_ELEMENTS), (x, start) => {
    for (let from = 0; from < x.length; ) {
      const count = Math.min(n - ((start + from) % n), x.length - from, PIECE_ELEMENTS);
      visit(x, from, count, Math.floor((start + from) / n), start);
      from += count;
    }
  });
}

function sumOf(x: TypedArray, start: number, count: number, sumLine: SumLine): number {
  const turns = Math.floor(count / TURN_ELEMENTS);
  let sum = sumLine(x.byteOffset + start * x.BYTES_PER_ELEMENT, turns);
  for (let i = start + turns * TURN_ELEMENTS; i < start + count; i++) sum += x[i];
  return sum;
}

function productOf(x: TypedArray, start: number, count: number): number {
  let product = 1;
  for (let i = start; i < start + count; i++) product *= x[i];
  return product;
}

function totalRow(op: Cumulative, x: TypedArray, from: number, totals: TypedArray, to: number, inner: number): void {
  if (op === "cumsum") for (let j = 0; j < inner; j++) totals[to + j] += x[from + j];
  else for (let j = 0; j < inner; j++) totals[to + j] *= x[from + j];
}

/** What stands before each block: position i along `axis` has the totals of blocks 0 to i - 1 together. */
export function cumulateTotals(op: Cumulative, axis: number, ...totals: readonly Block[]): Block {
  const shape = totals[0].shape.map((size, i) => (i === axis ? totals.length + 1 : size));
  return newBlock("float64", shape, totals[0], (output) => {
    const prefixes = arena().view(output);
    const { outer, n, inner } = linesOf(shape, axis);
    const running = new Float64Array(outer * inner).fill(op === "cumsum" ? 0 : 1);
    for (let number = 0; number < n; number++) {
      const own = number < totals.length ? arena().view(totals[number]) : running;
      for (let line = 0; line < running.length; line++) {
        prefixes[Math.floor(line / inner) * n * inner + number * inner + (line % inner)] = running[line];
        running[line] = op === "cumsum" ? running[line] + own[line] : running[line] * own[line];
      }
    }
  });
}

/** What `cumulateBlock` is told besides its blocks. */
export interface CumulatePlan extends CumulativePlan {
  readonly dtype: "float64" | "float32";
  /** number of the block along the axis */
  readonly number: number;
}

/**
 * One block of the result.
 * @param prefixes what `cumulateTotals` returned
 */
export function cumulateBlock(
  cumulate: CumulatePlan,
  prefixes: Block,
  plan: FusedPlan,
  place: Place,
  ...blocks: readonly Block[]
): Block {
  const { axis, dtype, number } = cumulate;
  const shapeOf = (space: readonly number[]) => space;
  return blockFromSource(dtype, { plan, place, blocks }, shapeOf, (source, output) => {
    const { outer, n, inner } = linesOf(source.shape, axis);
    const all = arena().view(prefixes);
    const before = new Float64Array(outer * inner);
    const step = prefixes.shape[axis] * inner;
    for (let o = 0; o < outer; o++) {
      const at = o * step + number * inner;
      before.set(all.subarray(at, at + inner), o * inner);
    }
    if (inner > 1) cumulateRows(cumulate, source, output, { n, inner, before });
    else cumulateLines(cumulate, source, output, { n, before });
  });
}

/** Every line goes on from its element of `before`, which keeps up with it. */
function cumulateLines(
  { op, dtype, source: from }: CumulatePlan,
  source: FusedSource,
  output: Block,
  { n, before }: { readonly n: number; readonly before: Float64Array },
): void {
  const target = arena().view(output);
  const run = instanceFor<CumulateLine>(`cumulate ${from} ${dtype}`, output.memory, () =>
    emitCumulateLine(from, dtype),
  );
  eachLinePart(source, n, (x, first, count, line, start) => {
    const part = { x, start: first, count, target, to: start + first };
    before[line] = op === "cumsum" ? cumulateSums(part, before[line], run) : cumulateProducts(part, before[line]);
  });
}

/** `count` elements of `x` from `start` on, and where their results go. */
interface LinePart {
  readonly x: TypedArray;
  readonly start: number;
  readonly count: number;
  readonly target: TypedArray;
  readonly to: number;
}

/** The sum of all. */
function cumulateSums({ x, start, count, target, to }: LinePart, before: number, run: CumulateLine): number {
  const turns = Math.floor(count / TURN_ELEMENTS);
  const source = x.byteOffset + start * x.BYTES_PER_ELEMENT;
  let sum = run(source, target.byteOffset + to * target.BYTES_PER_ELEMENT, turns, before);
  for (let i = turns * TURN_ELEMENTS; i < count; i++) {
    sum += x[start + i];
    target[to + i] = sum;
  }
  return sum;
}

function cumulateProducts({ x, start, count, target, to }: LinePart, before: number): number {
  let product = before;
  for (let i = 0; i < count; i++) {
    product *= x[start + i];
    target[to + i] = product;
  }
  return product;
}

/** Every row is the one before it and its own elements together; `before` keeps up with each line. */
function cumulateRows(
  { op }: CumulatePlan,
  source: FusedSource,
  output: Block,
  { n, inner, before }: { readonly n: number; readonly inner: number; readonly before: Float64Array },
): void {
  const target = arena().view(output);
  source.eachPiece(inner, (x, start) => {
    for (let row = 0; row < x.length / inner; row++) {
      const first = Math.floor((start / inner + row) / n) * inner;
      const line = before.subarray(first, first + inner);
      totalRow(op, x, row * inner, line, 0, inner);
      target.set(line, start + row * inner);
    }
  });
}
