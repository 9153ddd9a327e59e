/**
 * Multiplies blocks as matrices in WebAssembly: for integers of 32 and 64 bits, and where no BLAS is found.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { type ElementArray, type Elements, fillElements, isBigInts, itemsize } from "../../memory/dtype.js";
import { instanceFor } from "../emitter/kernel-cache.js";
import { isNarrow } from "../emitter/lane-type.js";
import { emitTileProduct, type TileProduct, tileColumns, tileRows } from "../emitter/matmul-kernel.js";
import type { Scratch } from "./scratch.js";

/** Depth of a panel: a panel of A (4 x 256) stays in the first cache, those of B in the second. */
const PANEL_DEPTH = 256;

/** A factor: a block, or the transposed of one. */
export interface Factor {
  readonly block: Block;
  readonly isTransposed: boolean;
}

/** Packs panels of both factors so that the kernel reads them in order, and runs it on every tile. */
export class WasmProduct {
  private readonly output: Block;
  private readonly m: number;
  private readonly n: number;
  private readonly columns: number;
  private readonly size: number;
  private readonly kernel: TileProduct;
  private readonly panelsA: Block;
  private readonly panelsB: Block;
  private readonly edge: Block;

  constructor(output: Block, scratch: Scratch) {
    const { dtype } = output;
    if (dtype === "bool" || isNarrow(dtype)) throw new TypeError(`no product in ${dtype}: cast to int32 first`);
    [this.m, this.n] = output.shape;
    this.output = output;
    this.columns = tileColumns(dtype);
    this.size = itemsize(dtype);
    this.kernel = instanceFor<TileProduct>(`matmul ${dtype}`, output.memory, () => emitTileProduct(dtype));
    this.panelsA = scratch.allocate(dtype, [Math.ceil(this.m / tileRows) * tileRows, PANEL_DEPTH]);
    this.panelsB = scratch.allocate(dtype, [Math.ceil(this.n / this.columns) * this.columns, PANEL_DEPTH]);
    this.edge = scratch.allocate(dtype, [tileRows, this.columns]);
  }

  /** output += left * right, summing over `k` */
  add(left: Factor, right: Factor, k: number): void {
    const { m, n } = this;
    const a = arena().elements(left.block);
    const b = arena().elements(right.block);
    // from one line of a panel to the next, and along k
    const stepsA = left.isTransposed ? ([1, m] as const) : ([k, 1] as const);
    const stepsB = right.isTransposed ? ([k, 1] as const) : ([1, n] as const);
    for (let k0 = 0; k0 < k; k0 += PANEL_DEPTH) {
      const depth = Math.min(PANEL_DEPTH, k - k0);
      pack(a.subarray(k0 * stepsA[1]), stepsA, m, depth, tileRows, arena().elements(this.panelsA));
      pack(b.subarray(k0 * stepsB[1]), stepsB, n, depth, this.columns, arena().elements(this.panelsB));
      for (let row = 0; row < m; row += tileRows) {
        for (let column = 0; column < n; column += this.columns) this.tile(row, column, depth);
      }
    }
  }

  private tile(row: number, column: number, depth: number): void {
    const a = this.panelsA.offset + row * depth * this.size;
    const b = this.panelsB.offset + column * depth * this.size;
    const rows = Math.min(tileRows, this.m - row);
    const columns = Math.min(this.columns, this.n - column);
    if (rows === tileRows && columns === this.columns) {
      this.kernel(depth, a, b, this.output.offset + (row * this.n + column) * this.size, this.n * this.size);
      return;
    }
    // a tile that hangs over the edge is computed beside the output
    const edge: Elements = fillElements(arena().elements(this.edge), 0);
    this.kernel(depth, a, b, this.edge.offset, this.columns * this.size);
    const output: Elements = arena().elements(this.output);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const at = (row + i) * this.n + column + j;
        output[at] = sumOf(output[at], edge[i * this.columns + j]);
      }
    }
  }
}

function sumOf(a: number | bigint, b: number | bigint): number | bigint {
  return typeof a === "bigint" && typeof b === "bigint" ? a + b : Number(a) + Number(b);
}

/** Groups of `width` lines of length `depth`, element k of all lines of a group together; short groups are padded with 0. */
function pack(
  from: ElementArray,
  [lineStep, step]: readonly [number, number],
  lines: number,
  depth: number,
  width: number,
  to: ElementArray,
): void {
  const source: Elements = from;
  const target: Elements = to;
  const zero = isBigInts(to) ? 0n : 0;
  let at = 0;
  for (let line = 0; line < lines; line += width) {
    const present = Math.min(width, lines - line);
    for (let k = 0; k < depth; k++) {
      for (let i = 0; i < width; i++) target[at++] = i < present ? source[(line + i) * lineStep + k * step] : zero;
    }
  }
}
