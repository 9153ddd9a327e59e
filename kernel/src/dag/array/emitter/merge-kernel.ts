/**
 * Emits the merge of sorted lines. It has no branch that follows the data, which would be mispredicted half of the
 * time; and several pairs are merged side by side, because in one merge every step waits for the one before.
 * @module
 */
import { itemsize } from "../../memory/dtype.js";
import { FunctionBuilder } from "./function-builder.js";
import type { LaneType } from "./lane-type.js";
import { access, op, ValueType } from "./opcodes.js";
import { wasmModule } from "./wasm-module.js";

/** Pairs of lines that are merged side by side (measured: 1 takes twice as long, 4 is no faster). */
export const PAIRS = 2;

/**
 * Merges `PAIRS` pairs of sorted lines without NaN; of equal elements those of the first line come first.
 * @param pairs for each pair five int32: begin and end of the first line, of the second, begin of the result; in bytes
 */
export type MergePairs = (pairs: number) => void;

const { i32 } = ValueType;

/** Element types that are sorted as they are. */
export type Sorted = Exclude<LaneType, "bool">;

const elementOf = {
  float64: { load: access.f64Load, lessEqual: op.f64LessEqual },
  float32: { load: access.f32Load, lessEqual: op.f32LessEqual },
  int32: { load: access.i32Load, lessEqual: op.i32LessEqualSigned },
  uint32: { load: access.i32Load, lessEqual: op.i32LessEqualUnsigned },
  int64: { load: access.i64Load, lessEqual: op.i64LessEqualSigned },
  uint64: { load: access.i64Load, lessEqual: op.i64LessEqualUnsigned },
} as const satisfies Record<Sorted, unknown>;

/** The bytes of a module whose export `run` is a `MergePairs`. */
export function emitMerge(dtype: Sorted): Uint8Array<ArrayBuffer> {
  const f = new FunctionBuilder([i32]);
  const pairs = Array.from({ length: PAIRS }, (_, number) => new PairEmitter(f, dtype, number));
  for (const pair of pairs) pair.begin();
  f.while(
    () => {
      for (const [i, pair] of pairs.entries()) {
        pair.hasBoth();
        if (i > 0) f.op(op.i32And);
      }
    },
    () => {
      for (const pair of pairs) pair.step();
    },
  );
  for (const pair of pairs) pair.finish();
  return wasmModule(f);
}

class PairEmitter {
  private readonly f: FunctionBuilder;
  private readonly dtype: Sorted;
  private readonly fields: readonly number[];
  private readonly takesFirst: number;
  private readonly number: number;

  constructor(f: FunctionBuilder, dtype: Sorted, number: number) {
    this.f = f;
    this.dtype = dtype;
    this.number = number;
    this.fields = Array.from({ length: 5 }, () => f.local(i32));
    this.takesFirst = f.local(i32);
  }

  begin(): void {
    for (const [i, field] of this.fields.entries()) {
      this.f
        .get(0)
        .memory(access.i32Load, (this.number * this.fields.length + i) * 4)
        .set(field);
    }
  }

  /** Leaves 1 if neither line has ended. */
  hasBoth(): void {
    const [first, firstEnd, second, secondEnd] = this.fields;
    this.f.get(first, firstEnd).op(op.i32LessUnsigned).get(second, secondEnd).op(op.i32LessUnsigned, op.i32And);
  }

  /** Moves the smaller of the two next elements. */
  step(): void {
    const { f, takesFirst, dtype } = this;
    const [first, , second, , target] = this.fields;
    const { load, lessEqual } = elementOf[dtype];
    f.get(first).memory(load).get(second).memory(load).op(lessEqual).set(takesFirst);
    // its position, without a branch: V8 makes one of a choice between floats
    this.move(target, () =>
      f.get(first, second).op(op.i32Sub).i32(0).get(takesFirst).op(op.i32Sub, op.i32And).get(second).op(op.i32Add),
    );
    const shift = Math.log2(itemsize(dtype));
    f.get(takesFirst).i32(shift).op(op.i32Shl).get(first).op(op.i32Add).set(first);
    f.get(takesFirst).op(op.i32Eqz).i32(shift).op(op.i32Shl).get(second).op(op.i32Add).set(second);
  }

  /** Merges what is left, then moves what is left of one line. */
  finish(): void {
    const { f } = this;
    const [first, firstEnd, second, secondEnd, target] = this.fields;
    f.while(
      () => this.hasBoth(),
      () => this.step(),
    );
    for (const [rest, end] of [
      [first, firstEnd],
      [second, secondEnd],
    ]) {
      f.while(
        () => f.get(rest, end).op(op.i32LessUnsigned),
        () => {
          this.move(target, () => f.get(rest));
          f.advance(rest, itemsize(this.dtype));
        },
      );
    }
  }

  private move(target: number, source: () => void): void {
    const { f } = this;
    const size = itemsize(this.dtype);
    f.get(target);
    source();
    f.memory(size === 8 ? access.i64Load : access.i32Load).memory(size === 8 ? access.i64Store : access.i32Store);
    f.advance(target, size);
  }
}
