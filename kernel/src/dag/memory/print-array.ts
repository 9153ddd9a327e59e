/**
 * Shows an array as text and as an HTML table: the corners of a large one, never a flood.
 * @module
 */
import { type DType, isFloat } from "./dtype.js";

/** The part of an array that printing needs. */
export interface Printable {
  readonly shape: readonly number[];
  readonly dtype: DType;
  get(...index: readonly number[]): number | bigint;
}

/** Indices shown along an axis; `undefined` stands for those left out. */
type Shown = readonly (number | undefined)[];

/**
 * The array as NumPy prints it, after a line with its element type and shape.
 * @example printText(array) // "float64 [2, 2]\n[[1, 2],\n [3, 4]]"
 */
export function printText(array: Printable): string {
  const shown = array.shape.map((size, axis) => shownIndices(size, axis >= array.shape.length - 2 ? 3 : 1));
  const cells = cellTexts(array, shown);
  const width = Math.max(0, ...Array.from(cells.values(), (text) => text.length));
  const print = (axis: number, index: readonly number[]): string => {
    if (axis === array.shape.length) return (cells.get(index.join()) ?? "").padStart(width);
    const separator = axis === array.shape.length - 1 ? ", " : `,\n${" ".repeat(axis + 1)}`;
    const parts = shown[axis].map((i) => (i === undefined ? "..." : print(axis + 1, [...index, i])));
    return `[${parts.join(separator)}]`;
  };
  return `${array.dtype} [${array.shape.join(", ")}]\n${print(0, [])}`;
}

/** The array as a table: one row per index of all axes but the last. */
export function printHtml(array: Printable): string {
  const shown = array.shape.map((size, axis) => shownIndices(size, axis >= array.shape.length - 2 ? 3 : 1));
  const cells = cellTexts(array, shown);
  const columns = shown.at(-1) ?? [0];
  const heads = columns.map((column) => `<th>${column ?? "…"}</th>`).join("");
  const rows = rowIndices(shown.slice(0, -1)).map((row) => {
    const values = columns.map((column) => {
      const isGap = row.includes(undefined) || column === undefined;
      const index = array.shape.length === 0 ? [] : [...row, column];
      return `<td>${isGap ? "…" : (cells.get(index.join()) ?? "")}</td>`;
    });
    return `<tr><th>${row.map((i) => i ?? "…").join(", ")}</th>${values.join("")}</tr>`;
  });
  const caption = `<caption>${array.dtype} [${array.shape.join(", ")}]</caption>`;
  return `<table>${caption}<thead><tr><th></th>${heads}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function shownIndices(size: number, edge: number): Shown {
  if (size <= 2 * edge) return Array.from({ length: size }, (_, i) => i);
  const first = Array.from({ length: edge }, (_, i) => i);
  return [...first, undefined, ...first.map((i) => size - edge + i)];
}

/** Every combination of the indices shown, without combinations of gaps. */
function rowIndices(shown: readonly Shown[]): Shown[] {
  let rows: Shown[] = [[]];
  for (const axis of shown) {
    rows = rows.flatMap((row) => (row.includes(undefined) ? [row] : axis.map((index) => [...row, index])));
  }
  return rows;
}

/** Texts of the elements shown, by their index joined with commas. */
function cellTexts(array: Printable, shown: readonly Shown[]): Map<string, string> {
  const indices = rowIndices(shown).filter((index): index is number[] => !index.includes(undefined));
  return new Map(indices.map((index) => [index.join(), elementText(array.get(...index), array.dtype)]));
}

function elementText(value: number | bigint, dtype: DType): string {
  if (dtype === "bool") return String(value !== 0);
  return isFloat(dtype) ? numberText(Number(value)) : String(value);
}

/** A number with at most 6 significant digits. */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const rounded = Number(value.toPrecision(6));
  const text = String(rounded);
  return text.length > 12 ? rounded.toExponential() : text.replace("Infinity", "inf").replace("NaN", "nan");
}
