/**
 * Cumulative sums and products: every block is totalled, the totals are cumulated, then every block goes on
 * from what stands before it.
 * @see G. E. Blelloch: Prefix sums and their applications, 1990
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { DType, TypedArray } from "../../memory/dtype.js";
import { float64Of, type Lines, linesOf } from "./lines.js";
import { newBlock } from "./scratch.js";

/** What is cumulated. */
export type Cumulative = "cumsum" | "cumprod";

/** Elements that are added one after the other before their sum is added to the total. */
const LONGEST_RUN = 1024;

/** The sum or product of every line of a block: float64, size 1 along `axis`. */
export function totalBlock(op: Cumulative, axis: number, block: Block): Block {
  const shape = block.shape.map((size, i) => (i === axis ? 1 : size));
  return newBlock("float64", shape, block, (output) => {
    const totals = arena()
      .view(output)
      .fill(op === "cumsum" ? 0 : 1);
    const x = float64Of(block);
    const lines = linesOf(block.shape, axis);
    if (lines.inner > 1) totalColumns(op, x, lines, totals);
    else for (let line = 0; line < lines.outer; line++) totals[line] = total(op, x, line * lines.n, lines.n);
  });
}

function total(op: Cumulative, x: TypedArray, start: number, n: number): number {
  if (op === "cumsum" && n > LONGEST_RUN) {
    let sum = 0;
    for (let at = 0; at < n; at += LONGEST_RUN) sum += total(op, x, start + at, Math.min(LONGEST_RUN, n - at));
    return sum;
  }
  const end = start + n;
  let i = start;
  if (op === "cumprod") {
    let product = 1;
    for (; i < end; i++) product *= x[i];
    return product;
  }
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (; i + 4 <= end; i += 4) {
    a += x[i];
    b += x[i + 1];
    c += x[i + 2];
    d += x[i + 3];
  }
  for (; i < end; i++) a += x[i];
  return a + b + (c + d);
}

function totalColumns(op: Cumulative, x: TypedArray, { outer, n, inner }: Lines, totals: TypedArray): void {
  for (let row = 0; row < outer * n; row++) {
    const from = row * inner;
    const to = Math.floor(row / n) * inner;
    if (op === "cumsum") for (let j = 0; j < inner; j++) totals[to + j] += x[from + j];
    else for (let j = 0; j < inner; j++) totals[to + j] *= x[from + j];
  }
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
export interface CumulatePlan {
  readonly op: Cumulative;
  readonly axis: number;
  readonly dtype: DType;
}

/**
 * One block of the result.
 * @param number of the block along the axis
 * @param prefixes what `cumulateTotals` returned
 */
export function cumulateBlock(plan: CumulatePlan, number: number, block: Block, prefixes: Block): Block {
  const { op, axis, dtype } = plan;
  return newBlock(dtype, block.shape, block, (output) => {
    const x = float64Of(block);
    const result = arena().view(output);
    const out = dtype === "float64" ? result : new Float64Array(result.length);
    const lines = linesOf(block.shape, axis);
    const { outer, n, inner } = lines;
    const before = arena().view(prefixes);
    const step = prefixes.shape[axis] * inner;
    for (let o = 0; o < outer; o++) {
      const first = o * n * inner;
      const at = o * step + number * inner;
      if (inner > 1) cumulateRows(op, x, out, { outer: first, n, inner }, before.subarray(at, at + inner));
      else if (op === "cumsum") cumulateSums(x, out, first, n, before[at]);
      else cumulateProducts(x, out, first, n, before[at]);
    }
    if (out !== result) result.set(out);
  });
}

/** Four sums at a time: only one addition in four has to wait for the one before. */
function cumulateSums(x: TypedArray, out: TypedArray, start: number, n: number, before: number): void {
  let sum = before;
  const end = start + n;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const a = x[i];
    const b = a + x[i + 1];
    const c = b + x[i + 2];
    const d = b + (x[i + 2] + x[i + 3]);
    out[i] = sum + a;
    out[i + 1] = sum + b;
    out[i + 2] = sum + c;
    sum += d;
    out[i + 3] = sum;
  }
  for (; i < end; i++) {
    sum += x[i];
    out[i] = sum;
  }
}

function cumulateProducts(x: TypedArray, out: TypedArray, start: number, n: number, before: number): void {
  let product = before;
  for (let i = start; i < start + n; i++) {
    product *= x[i];
    out[i] = product;
  }
}

/** Every row is the one before it and its own elements together; `outer` is where the first row begins. */
function cumulateRows(
  op: Cumulative,
  x: TypedArray,
  out: TypedArray,
  { outer: start, n, inner }: Lines,
  before: TypedArray,
): void {
  for (let row = 0; row < n; row++) {
    const at = start + row * inner;
    const previous = row === 0 ? before : out;
    const shift = row === 0 ? -at : -inner;
    if (op === "cumsum") for (let i = at; i < at + inner; i++) out[i] = previous[i + shift] + x[i];
    else for (let i = at; i < at + inner; i++) out[i] = previous[i + shift] * x[i];
  }
}
