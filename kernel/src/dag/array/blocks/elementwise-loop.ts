/**
 * Drives an element-wise kernel over the rows of one block.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { itemsize } from "../../memory/dtype.js";
import { type Job, jobLayout, writeJob } from "../emitter/job.js";
import type { Kernel, Mode } from "../emitter/kernel.js";
import { kernelFor } from "../emitter/kernel-cache.js";
import type { FusedPlan } from "./fused-plan.js";
import { collapse, type Layout, walk } from "./layout.js";
import type { Scratch } from "./scratch.js";

/** A block and how it steps along the axes of the index space, in elements; 0 where it is broadcast. */
export interface FusedOperand {
  readonly block: Block;
  readonly strides: readonly number[];
}

/** One block to compute. */
export interface FusedWork {
  readonly plan: FusedPlan;
  readonly shape: readonly number[];
  readonly operands: readonly FusedOperand[];
  readonly output: Block;
  readonly outputStrides: readonly number[];
  readonly scratch: Scratch;
}

/** A position in the operands and the output, in elements, and the rows to run from there. */
export interface Rows {
  readonly positions: readonly number[];
  readonly rows: number;
  readonly n: number;
  /** elements from row to row, per operand and for the output */
  readonly rowSteps: readonly number[];
}

/** Writes the expression of every element to the output. */
export function storeElements(work: FusedWork): void {
  const layout = layoutOf(work);
  const run = rowRunner(work, layout, { sink: "store", combine: undefined }, work.output);
  eachRows(layout, run);
}

/** The walk through all operands and the output. */
export function layoutOf({ shape, operands, outputStrides }: FusedWork): Layout {
  return collapse({ shape, strides: [...operands.map(({ strides }) => strides), outputStrides] });
}

/** Calls `run` for the innermost two axes at every position of the others. */
export function eachRows({ shape, strides }: Layout, run: (rows: Rows) => void): void {
  const rows = shape.at(-2) ?? 1;
  const n = shape.at(-1) ?? 1;
  const rowSteps = strides.map((own) => own.at(-2) ?? 0);
  const outer = { shape: shape.slice(0, -2), strides: strides.map((own) => own.slice(0, -2)) };
  walk(outer, (positions) => run({ positions, rows, n, rowSteps }));
}

/**
 * Compiles the kernel for this layout.
 * @param output where results go; not always the output of the work
 */
export function rowRunner(
  work: FusedWork,
  layout: Layout,
  sink: Pick<Kernel, "sink" | "combine">,
  output: Block,
): (rows: Rows) => void {
  const { plan, operands, scratch } = work;
  const modes = operands.map((_, i): Mode => (layout.strides[i].at(-1) === 0 ? "splat" : "vector"));
  const { expression, scalars } = plan;
  const kernel = kernelFor({ expression, modes, ...sink }, plan.id, output.memory);
  const bytes = jobLayout(operands.length).bytes(scalars.length);
  const record = scratch.allocate("int32", [bytes / 4]);
  const view = new DataView(arena().handle.memories[record.memory].buffer);
  const blocks = [...operands.map(({ block }) => block), output];
  const values = scalars.map((value, i) => ({ dtype: expression.scalars[i], value }));
  return ({ positions, rows, n, rowSteps }) => {
    const runs = blocks.map(({ offset, dtype }, i) => ({
      start: offset + positions[i] * itemsize(dtype),
      rowStep: rowSteps[i] * itemsize(dtype),
    }));
    const job: Job = { rows, n, operands: runs.slice(0, -1), out: runs[runs.length - 1], scalars: values };
    writeJob(view, record.offset, job);
    kernel(record.offset);
  };
}
