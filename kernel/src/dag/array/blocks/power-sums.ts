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
  private readonly columns: ColumnSums;
  private readonly result: TypedArray;

  /**
   * @param shift what is subtracted, per result; float64 in the arena
   * @param memory of the arena in which all of it stands
   */
  constructor(planes: Planes, shift: TypedArray, memory: number, scratch: Scratch) {
    this.planes = planes;
    this.shift = shift;
    this.isVariance = planes.length === 3;
    this.line = instanceFor("line sums", memory, emitLineSums);
    this.columns = instanceFor("column sums", memory, emitColumnSums);
    this.result = arena().view(scratch.allocate("float64", [4]));
  }

  /** Adds the powers of `count` elements to result `at`. */
  addLine(x: TypedArray, start: number, count: number, at: number): void {
    const { planes, result } = this;
    const shift = this.shift[at];
    const turns = this.isVariance ? Math.floor(count / LINE_ELEMENTS) : 0;
    if (turns > 0) {
      this.line(x.byteOffset + start * 8, turns, shift, result.byteOffset);
      planes[1][at] += result[0] + result[1];
      planes[2][at] += result[2] + result[3];
    }
    for (let i = start + turns * LINE_ELEMENTS; i < start + count; i++) this.add(x[i] - shift, at);
  }

  /** Adds the powers of every column j to result `to + j`. */
  addColumns({ elements: x, start, rows, inner }: Rows, to: number): void {
    const { planes, shift } = this;
    const pairs = inner >> 1;
    let row = 0;
    for (; this.isVariance && row + COLUMN_ROWS <= rows; row += COLUMN_ROWS) {
      const first = start + row * inner;
      const offset = to * 8;
      this.columns(
        x.byteOffset + first * 8,
        pairs,
        inner * 8,
        shift.byteOffset + offset,
        planes[1].byteOffset + offset,
        planes[2].byteOffset + offset,
      );
      if (inner % 2 === 0) continue;
      const last = inner - 1;
      for (let i = 0; i < COLUMN_ROWS; i++) this.add(x[first + i * inner + last] - shift[to + last], to + last);
    }
    for (; row < rows; row++) {
      for (let j = 0; j < inner; j++) this.add(x[start + row * inner + j] - shift[to + j], to + j);
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
