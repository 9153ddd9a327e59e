/**
 * Copies elements between views that step through memory differently: transposing, slicing, joining.
 * @module
 */
import { type ElementArray, type Elements, setElements } from "../../memory/dtype.js";
import { collapse, walk } from "./layout.js";
import { transposeVectors } from "./transpose.js";

/** One side of a copy: where it starts and how it steps, in elements. */
export interface Strided {
  readonly data: ElementArray;
  readonly start: number;
  readonly strides: readonly number[];
}

/** side of the squares in which a transposition is done (measured: 8, 32 and 64 are slower) */
const TILE = 16;

/** Copies `shape` elements; steps may be negative, and 0 in the source. Element types may differ, but numbers and bigints do not mix. */
export function copyStrided(shape: readonly number[], from: Strided, to: Strided): void {
  const layout = collapse({ shape, strides: [from.strides, to.strides] });
  const axes = layout.shape.length;
  if (axes === 0) {
    if (!shape.includes(0)) setElements(to.data, from.data.subarray(from.start, from.start + 1), to.start);
    return;
  }
  const [source, target] = layout.strides;
  const inner = axes - 1;
  // A source that is contiguous along another axis is read along that one, square by square.
  const other = source[inner] === 1 ? -1 : source.indexOf(1);
  const outer = layout.shape.map((_, axis) => axis).filter((axis) => axis !== inner && axis !== other);
  const pick = (values: readonly number[]) => outer.map((axis) => values[axis]);
  const rest = { shape: pick(layout.shape), strides: [pick(source), pick(target)] };
  walk(rest, ([source0, target0]) => {
    const a = { data: from.data, start: from.start + source0, strides: [1, source[inner]] };
    const b = { data: to.data, start: to.start + target0, strides: [target[other] ?? 0, target[inner]] };
    if (other >= 0) transposeRectangle(layout.shape[other], layout.shape[inner], a, b);
    else copyRow(layout.shape[inner], a, b);
  });
}

function copyRow(count: number, from: Strided, to: Strided): void {
  const step = from.strides[1];
  const targetStep = to.strides[1];
  if (step === 1 && targetStep === 1) {
    setElements(to.data, from.data.subarray(from.start, from.start + count), to.start);
    return;
  }
  const elements: Elements = from.data;
  const places: Elements = to.data;
  let source = from.start;
  let target = to.start;
  for (let i = 0; i < count; i++) {
    places[target] = elements[source];
    source += step;
    target += targetStep;
  }
}

/** Copies `rows` x `columns`, the source being contiguous down its rows: what a kernel can do, then the edges. */
function transposeRectangle(rows: number, columns: number, from: Strided, to: Strided): void {
  const done = transposeVectors(rows, columns, from, to);
  const part = ({ data, start, strides }: Strided, row: number, column: number): Strided => ({
    data,
    start: start + row * strides[0] + column * strides[1],
    strides,
  });
  if (done.rows < rows)
    copyTransposed(rows - done.rows, done.columns, part(from, done.rows, 0), part(to, done.rows, 0));
  if (done.columns < columns) {
    copyTransposed(rows, columns - done.columns, part(from, 0, done.columns), part(to, 0, done.columns));
  }
}

/** Copies `rows` x `columns`, the source being contiguous down its rows. */
function copyTransposed(rows: number, columns: number, from: Strided, to: Strided): void {
  const step = from.strides[1];
  const [rowStep, columnStep] = to.strides;
  const source: Elements = from.data;
  const target: Elements = to.data;
  for (let row0 = 0; row0 < rows; row0 += TILE) {
    const row1 = Math.min(rows, row0 + TILE);
    for (let column0 = 0; column0 < columns; column0 += TILE) {
      const column1 = Math.min(columns, column0 + TILE);
      for (let row = row0; row < row1; row++) {
        let sourceAt = from.start + row + column0 * step;
        let targetAt = to.start + row * rowStep + column0 * columnStep;
        for (let column = column0; column < column1; column++) {
          target[targetAt] = source[sourceAt];
          sourceAt += step;
          targetAt += columnStep;
        }
      }
    }
  }
}
