/**
 * How a lazy array shows itself: what it is, not its elements.
 * @module
 */
import { formatBytes } from "../../format-bytes.js";
import { Graph } from "../graph/index.js";
import { itemsize } from "../memory/dtype.js";
import { sizeOf } from "../memory/strides.js";
import { numblocksOf } from "./chunks.js";
import type { LazyArray } from "./lazy-array.js";
import { lower } from "./lower.js";
import { sizesText } from "./unknown-sizes.js";

/** Larger arrays are not lowered just to count their tasks. */
const MOST_BLOCKS = 10_000;

/** Rows of a small table: property, whole array, one block. */
function rows(array: LazyArray): (readonly [string, string, string])[] {
  const { shape, chunks, dtype } = array;
  const largest = chunks.map((sizes) => sizes.reduce((most, size) => Math.max(most, size), 0));
  const blocks = sizeOf(numblocksOf(chunks));
  const bytes = (sizes: readonly number[]) =>
    sizes.some(Number.isNaN) ? "?" : formatBytes(sizeOf(sizes) * itemsize(dtype));
  const list = (sizes: readonly number[]) => (sizes.length === 0 ? "()" : sizesText(sizes, " x "));
  const tasks = blocks <= MOST_BLOCKS ? `${taskCount(array)} tasks` : "many tasks";
  return [
    ["bytes", bytes(shape), bytes(largest)],
    ["shape", list(shape), list(largest)],
    ["count", tasks, `${blocks} ${blocks === 1 ? "chunk" : "chunks"}`],
    ["dtype", dtype, ""],
  ];
}

/** The array as a few aligned lines. */
export function describeText(array: LazyArray): string {
  const table = [["", "array", "chunk"] as const, ...rows(array)];
  const widths = [0, 1].map((column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) => `${row[0].padEnd(widths[0])}  ${row[1].padEnd(widths[1])}  ${row[2]}`.trimEnd());
  return `ChunkedArray\n${lines.join("\n")}`;
}

/** The array as a table. */
export function describeHtml(array: LazyArray): string {
  const body = rows(array).map(([name, whole, chunk]) => `<tr><th>${name}</th><td>${whole}</td><td>${chunk}</td></tr>`);
  return `<table><thead><tr><th></th><th>array</th><th>chunk</th></tr></thead><tbody>${body.join("")}</tbody></table>`;
}

/** Tasks that computing the array takes, before linear chains are joined. */
function taskCount(array: LazyArray): number {
  const graph = new Graph();
  lower(graph, array);
  return graph.size;
}
