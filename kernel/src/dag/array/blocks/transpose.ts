/**
 * Transposes the inner part of a rectangle with a kernel.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { ElementArray } from "../../memory/dtype.js";
import { instanceFor } from "../emitter/kernel-cache.js";
import { emitTranspose, squareSide, type TransposeRectangle } from "../emitter/transpose-kernel.js";

/** One side: where it starts, and its steps from row to row and from column to column, in elements. */
interface Side {
  readonly data: ElementArray;
  readonly start: number;
  readonly strides: readonly number[];
}

/** Rows of a tile, along which the source is contiguous: runs of whole cache lines that a processor reads ahead. */
const TILE_ROWS = 64;
/** Bytes of a cache line. */
const LINE_BYTES = 64;
/**
 * Columns of a tile, along which the target is contiguous: as many as leave both sides of a tile in a first cache of
 * 32 KiB. A target that stands in no cache wants long runs too (measured: 16 columns take 1.4 times as long).
 */
const TILE_COLUMNS = 32;

/**
 * Copies as many whole squares as there are, if both sides stand in one memory of the arena, have one element
 * type, the source is contiguous down its rows and the target along them.
 * @returns the rows and columns that are done, 0 if it cannot be done
 */
export function transposeVectors(
  rows: number,
  columns: number,
  from: Side,
  to: Side,
): { readonly rows: number; readonly columns: number } {
  const size = from.data.BYTES_PER_ELEMENT;
  const memory = arena().handle.memories.findIndex(({ buffer }) => buffer === from.data.buffer);
  const isSame = from.data.buffer === to.data.buffer && from.data.constructor === to.data.constructor;
  if (memory < 0 || !isSame || to.strides[1] !== 1) return { rows: 0, columns: 0 };
  const side = squareSide(size);
  const done = { rows: rows - (rows % side), columns: columns - (columns % side) };
  const kernel = instanceFor<TransposeRectangle>(`transpose ${size}`, memory, () => emitTranspose(size));
  const source = from.data.byteOffset + from.start * size;
  const target = to.data.byteOffset + to.start * size;
  const sourceStep = from.strides[1] * size;
  const targetStep = to.strides[0] * size;
  for (let column = 0; column < done.columns; column += TILE_COLUMNS) {
    const wide = Math.min(TILE_COLUMNS, done.columns - column);
    fetchAhead(from, column, wide, rows);
    for (let row = 0; row < done.rows; row += TILE_ROWS) {
      const high = Math.min(TILE_ROWS, done.rows - row);
      const sourceAt = source + row * size + column * sourceStep;
      kernel(high, wide, sourceAt, target + row * targetStep + column * size, sourceStep, targetStep);
    }
  }
  return done;
}

/** Takes the sum of what was read, so that the reads are not left out as useless. */
const sink = new Float64Array(1);

/**
 * Reads one element of each cache line of some columns, in the order of memory. Processors read such a stream ahead,
 * but not the squares of a kernel: this halves the time of a source that stands in no cache (measured).
 */
function fetchAhead({ data, start, strides }: Side, column: number, columns: number, rows: number): void {
  const step = LINE_BYTES / data.BYTES_PER_ELEMENT;
  let sum = 0;
  for (let c = column; c < column + columns; c++) {
    const first = start + c * strides[1];
    for (let at = first; at < first + rows; at += step) sum += Number(data[at]);
  }
  sink[0] = sum;
}
