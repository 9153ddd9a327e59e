/**
 * Sums of powers of distances from a shift. Squares, which variances need, are added up by kernels; the other
 * powers, and what is left over, by loops.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { TypedArray } from "../../memory/dtype.js";
import { instanceFor } from "../emitter/kernel-cache.js";
import {
  COLUMN_ROWS,
  type ColumnSums,
  emitColumnSums,
  emitLineSums,
  LINE_ELEMENTS,
  type LineSums,
} from "../emitter/power-sums-kernel.js";
import type { Summed } from "../emitter/summed.js";
import type { Scratch } from "./scratch.js";

/** Power p of all results at index p, for p from 1; views of one memory of the arena, as all elements are. */
export type Planes = readonly TypedArray[];

/** Rows of `inner` elements from `start` on. */
export interface Rows {
  readonly elements: TypedArray;
  readonly start: number;
  readonly rows: number;
  readonly inner: number;
}

export class PowerSums {
  private readonly planes: Planes;
  private readonly shift: TypedArray;
  private readonly isVariance: boolean;
  private readonly line: LineSums;
  private readonly columns: readonly { readonly rows: number; readonly run: ColumnSums }[];
  private readonly result: TypedArray;

  /**
   * @param shift what is subtracted, per result; float64 in the arena
   * @param dtype type of the elements
   * @param scratch of the memory of the arena in which all of it stands
   */
  constructor(planes: Planes, shift: TypedArray, dtype: Summed, scratch: Scratch) {
    const { memory } = scratch;
    this.planes = planes;
    this.shift = shift;
    this.isVariance = planes.length === 3;
    this.line = instanceFor(`line sums ${dtype}`, memory, () => emitLineSums(dtype));
    this.columns = COLUMN_ROWS.map((rows) => ({
      rows,
      run: instanceFor(`column sums ${dtype} ${rows}`, memory, () => emitColumnSums(dtype, rows)),
    }));
    this.result = arena().view(scratch.allocate("float64", [4]));
  }

  /** Adds the powers of `count` elements to result `at`. */
  addLine(x: TypedArray, start: number, count: number, at: number): void {
    const { planes, result } = this;
    const shift = this.shift[at];
    const turns = this.isVariance ? Math.floor(count / LINE_ELEMENTS) : 0;
    if (turns > 0) {
      this.line(x.byteOffset + start * x.BYTES_PER_ELEMENT, turns, shift, result.byteOffset);
      planes[1][at] += result[0] + result[1];
      planes[2][at] += result[2] + result[3];
    }
    for (let i = start + turns * LINE_ELEMENTS; i < start + count; i++) this.add(x[i] - shift, at);
  }

  /** Adds the powers of every column j to result `to + j`. */
  addColumns({ elements: x, start, rows, inner }: Rows, to: number): void {
    // what is left beside the kernels: an odd column, or everything if more than squares are wanted
    const first = this.isVariance ? inner - (inner % 2) : 0;
    if (first > 0)
      this.addPairs(x.byteOffset + start * x.BYTES_PER_ELEMENT, rows, inner * x.BYTES_PER_ELEMENT, first, to);
    for (let at = start; at < start + rows * inner; at += inner) {
      for (let j = first; j < inner; j++) this.add(x[at + j] - this.shift[to + j], to + j);
    }
  }

  /** Adds an even number of columns. */
  private addPairs(x: number, rows: number, rowBytes: number, columns: number, to: number): void {
    const [shift, sums, squares] = [this.shift, this.planes[1], this.planes[2]].map((one) => one.byteOffset + to * 8);
    let row = 0;
    for (const { rows: count, run } of this.columns) {
      for (; row + count <= rows; row += count) run(x + row * rowBytes, columns / 2, rowBytes, shift, sums, squares);
    }
  }

  private add(distance: number, at: number): void {
    let power = distance;
    for (let p = 1; p < this.planes.length; p++) {
      this.planes[p][at] += power;
      power *= distance;
    }
  }
}
