/**
 * The elements of a fused formula, read piece by piece: what feeds a kernel that is no formula itself. Pieces
 * are small enough for a cache, so nothing of the size of a block is written in between.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { asNumbers, type DType, type ElementArray, type TypedArray } from "../../memory/dtype.js";
import { sizeOf, stridesOf } from "../../memory/strides.js";
import { dtypeOfValue } from "../emitter/expression.js";
import { type FusedWork, layoutOf, type Rows, rowRunner } from "./elementwise-loop.js";
import type { FusedPlan, Place } from "./fused-plan.js";
import type { Layout } from "./layout.js";
import { resolvedShape } from "./resolved-shape.js";
import { fusedOperands } from "./run-fused.js";
import { newBlock, type Scratch } from "./scratch.js";

/** Elements of a piece: 128 KiB of float64, a quarter of a second-level cache. */
export const PIECE_ELEMENTS = 16_384;

export class FusedSource {
  /** sizes along the axes of the block */
  readonly shape: readonly number[];
  readonly dtype: DType;
  private readonly work: FusedWork;
  private readonly scratch: Scratch;
  private readonly layout: Layout;
  /** the block that the formula is, if it does nothing */
  private readonly leaf: ElementArray | undefined;
  private piece: { readonly block: Block; readonly run: (rows: Rows) => void; readonly size: number } | undefined;

  constructor(plan: FusedPlan, place: Place, blocks: readonly Block[], scratch: Scratch, memory: number) {
    const { expression } = plan;
    this.shape = resolvedShape(plan, place, blocks);
    this.dtype = dtypeOfValue(expression, expression.result);
    this.scratch = scratch;
    const operands = fusedOperands(plan, { ...place, shape: this.shape }, blocks, scratch);
    const outputStrides = stridesOf(this.shape);
    const output: Block = { dagbook: "block", memory, offset: 0, dtype: this.dtype, shape: this.shape };
    this.work = { plan, shape: this.shape, operands, output, outputStrides, scratch };
    this.layout = layoutOf(this.work);
    const leaf = expression.result < operands.length ? operands[expression.result] : undefined;
    const isWhole = leaf?.strides.every((step, axis) => step === outputStrides[axis] || this.shape[axis] === 1);
    this.leaf = leaf && isWhole ? arena().elements(leaf.block) : undefined;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /**
   * Elements from `start` on in C order; valid until the next call.
   * @param count any number; at most `PIECE_ELEMENTS` at a time are cheap
   * @throws {DTypeError} if they are bigints
   */
  read(start: number, count: number): TypedArray {
    return asNumbers(this.readElements(start, count));
  }

  /** As `read`, of any type. */
  readElements(start: number, count: number): ElementArray {
    if (this.leaf) return this.leaf.subarray(start, start + count);
    if (this.piece === undefined || this.piece.size < count) {
      const size = Math.max(count, Math.min(PIECE_ELEMENTS, this.size));
      const block = this.scratch.allocate(this.dtype, [size]);
      this.piece = {
        block,
        run: rowRunner(this.work, this.layout, { sink: "store", combine: undefined }, block),
        size,
      };
    }
    this.fill(start, count, this.piece.run);
    return arena().elements(this.piece.block).subarray(0, count);
  }

  /** All elements, in pieces of whole multiples of `unit` elements; at once if they stand in memory as they are. */
  eachPiece(unit: number, visit: (elements: TypedArray, start: number) => void): void {
    this.eachElements(unit, (elements, start) => visit(asNumbers(elements), start));
  }

  /** As `eachPiece`, of any type. */
  eachElements(unit: number, visit: (elements: ElementArray, start: number) => void): void {
    const { size, leaf } = this;
    if (leaf && size > 0) {
      visit(leaf, 0);
      return;
    }
    const step = unit * Math.max(1, Math.floor(PIECE_ELEMENTS / unit));
    for (let start = 0; start < size; start += step) {
      visit(this.readElements(start, Math.min(step, size - start)), start);
    }
  }

  /** Runs the kernel on a range: what is left of a row, whole rows, the beginning of a row. */
  private fill(start: number, count: number, run: (rows: Rows) => void): void {
    const { shape, strides } = this.layout;
    const n = shape.at(-1) ?? 1;
    const along = shape.at(-2) ?? 1;
    const rowSteps = [...strides.slice(0, -1).map((own) => own.at(-2) ?? 0), n];
    for (let done = 0; done < count; ) {
      const row = Math.floor((start + done) / n);
      const column = (start + done) % n;
      const left = count - done;
      const isPart = column > 0 || left < n;
      const rows = isPart ? 1 : Math.min(Math.floor(left / n), along - (row % along));
      const length = isPart ? Math.min(n - column, left) : n;
      run({ positions: [...this.operandsAt(row, column), done], rows, n: length, rowSteps });
      done += rows * length;
    }
  }

  /** Position of each operand at an element of a row, rows being counted in C order. */
  private operandsAt(row: number, column: number): number[] {
    const { shape, strides } = this.layout;
    return strides.slice(0, -1).map((own) => {
      let at = column * (own.at(-1) ?? 0);
      for (let axis = shape.length - 2, rest = row; axis >= 0; axis--) {
        at += (rest % shape[axis]) * own[axis];
        rest = Math.floor(rest / shape[axis]);
      }
      return at;
    });
  }
}

/** What a task with a fused input is given. */
export interface SourceArguments {
  readonly plan: FusedPlan;
  readonly place: Place;
  readonly blocks: readonly Block[];
}

/**
 * A new block that `compute` fills from the elements of a formula.
 * @param shapeOf the shape of the result, from that of the formula
 */
export function blockFromSource(
  dtype: DType,
  { plan, place, blocks }: SourceArguments,
  shapeOf: (space: readonly number[]) => readonly number[],
  compute: (source: FusedSource, output: Block, scratch: Scratch) => void,
): Block {
  const shape = shapeOf(resolvedShape(plan, place, blocks));
  return newBlock(dtype, shape, blocks[0], (output, scratch) => {
    compute(new FusedSource(plan, place, blocks, scratch, output.memory), output, scratch);
  });
}
