/**
 * The record that tells a kernel what to work on; it stands in the memory of the kernel.
 *
 * Offsets in bytes: rows (int32), elements per row (int32), then for every operand and for the output
 * its first byte and its step from row to row (int32 each), then the scalars (8 bytes each).
 * @module
 */
import { type DType, isLong } from "../../memory/dtype.js";

/** Where the fields stand for a kernel with that many operands. */
export function jobLayout(operands: number) {
  return {
    rows: 0,
    n: 4,
    pointer: (index: number) => 8 + index * 8,
    rowStep: (index: number) => 12 + index * 8,
    scalar: (index: number) => 16 + operands * 8 + index * 8,
    bytes: (scalars: number) => 16 + operands * 8 + scalars * 8,
  };
}

/** One operand or the output of a job: first byte and step from row to row in bytes. */
export interface Run {
  readonly start: number;
  readonly rowStep: number;
}

/** What a kernel works on in one call. */
export interface Job {
  readonly rows: number;
  /** elements in a row */
  readonly n: number;
  readonly operands: readonly Run[];
  readonly out: Run;
  readonly scalars: readonly { readonly dtype: DType; readonly value: number | bigint }[];
}

/** Writes `job` at byte `offset` of `view`. */
export function writeJob(view: DataView, offset: number, job: Job): void {
  const layout = jobLayout(job.operands.length);
  view.setInt32(offset + layout.rows, job.rows, true);
  view.setInt32(offset + layout.n, job.n, true);
  for (const [index, run] of [...job.operands, job.out].entries()) {
    view.setInt32(offset + layout.pointer(index), run.start, true);
    view.setInt32(offset + layout.rowStep(index), run.rowStep, true);
  }
  for (const [index, { dtype, value }] of job.scalars.entries()) {
    const at = offset + layout.scalar(index);
    if (isLong(dtype)) view.setBigInt64(at, BigInt(value), true);
    else if (dtype === "float64") view.setFloat64(at, Number(value), true);
    else if (dtype === "float32") view.setFloat32(at, Number(value), true);
    else if (dtype === "bool") view.setInt32(at, Number(value) === 0 ? 0 : -1, true);
    else view.setInt32(at, Number(value), true);
  }
}
