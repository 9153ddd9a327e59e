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

/** Pairs of lines that are merged side by side (measured for 10M float64: 1 takes 33 ms, 2 take 16, 4 and 6 take 13). */
export const PAIRS = 4;

/**
 * Merges `PAIRS` pairs of sorted lines without NaN; of equal elements those of the first line come first.
 * @param pairs for each pair five int32: begin and end of the first line, of the second, begin of the result; in bytes
 */
export type MergePairs = (pairs: number) => void;

const { i32 } = ValueType;
/** Steps between two looks at what is left, in bytes: more than any line has. */
const MOST_BYTES = 2 ** 31 - 1;

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
  const [bytes, done] = [f.local(i32), f.local(i32)];
  const pairs = Array.from({ length: PAIRS }, (_, number) => new PairEmitter(f, dtype, number));
  for (const pair of pairs) pair.begin();
  // as many steps as no line can end in: they need not look for ends
  const most = () => {
    f.i32(MOST_BYTES).set(bytes);
    for (const pair of pairs) pair.limit(bytes);
    f.get(bytes);
  };
  f.while(most, () => {
    for (const pair of pairs) pair.beginSteps();
    f.i32(0).set(done);
    f.while(
      () => f.get(done, bytes).op(op.i32LessUnsigned),
      () => {
        for (const pair of pairs) pair.step(done);
        f.advance(done, itemsize(dtype));
      },
    );
    for (const pair of pairs) pair.endSteps(done);
  });
  for (const pair of pairs) pair.finish(done);
  return wasmModule(f);
}

class PairEmitter {
  private readonly f: FunctionBuilder;
  private readonly dtype: Sorted;
  private readonly fields: readonly number[];
  private readonly takesFirst: number;
  /** where both lines stand before some steps, added up: a step moves one of them on */
  private readonly both: number;
  private readonly number: number;

  constructor(f: FunctionBuilder, dtype: Sorted, number: number) {
    this.f = f;
    this.dtype = dtype;
    this.number = number;
    this.fields = Array.from({ length: 5 }, () => f.local(i32));
    this.takesFirst = f.local(i32);
    this.both = f.local(i32);
  }

  begin(): void {
    for (const [i, field] of this.fields.entries()) {
      this.f
        .get(0)
        .memory(access.i32Load, (this.number * this.fields.length + i) * 4)
        .set(field);
    }
  }

  /** Makes `bytes` at most what is left of each line. */
  limit(bytes: number): void {
    const [first, firstEnd, second, secondEnd] = this.fields;
    for (const [at, end] of [
      [first, firstEnd],
      [second, secondEnd],
    ]) {
      this.f.get(end, at).op(op.i32Sub).get(bytes).op(op.i32LessUnsigned);
      this.f.if(() => this.f.get(end, at).op(op.i32Sub).set(bytes));
    }
  }

  beginSteps(): void {
    const [first, , second] = this.fields;
    this.f.get(first, second).op(op.i32Add).set(this.both);
  }

  /** Moves the smaller of the two next elements. @param done local with the bytes moved since `beginSteps` */
  step(done: number): void {
    const { f, takesFirst, both, dtype } = this;
    const [first, , second, , target] = this.fields;
    const { load, lessEqual } = elementOf[dtype];
    const isWide = itemsize(dtype) === 8;
    f.get(both, done).op(op.i32Add).get(first).op(op.i32Sub).set(second);
    f.get(first).memory(load).get(second).memory(load).op(lessEqual).set(takesFirst);
    f.get(target, done).op(op.i32Add);
    // its position, without a branch: V8 makes one of a choice between floats
    f.get(first, second).op(op.i32Sub).i32(0).get(takesFirst).op(op.i32Sub, op.i32And).get(second).op(op.i32Add);
    f.memory(isWide ? access.i64Load : access.i32Load).memory(isWide ? access.i64Store : access.i32Store);
    f.get(takesFirst)
      .i32(Math.log2(itemsize(dtype)))
      .op(op.i32Shl)
      .get(first)
      .op(op.i32Add)
      .set(first);
  }

  endSteps(done: number): void {
    const { f, both } = this;
    const [first, , second, , target] = this.fields;
    f.get(both, done).op(op.i32Add).get(first).op(op.i32Sub).set(second);
    f.get(target, done).op(op.i32Add).set(target);
  }

  /** Merges what is left, then moves what is left of one line. @param none a local for 0 */
  finish(none: number): void {
    const { f } = this;
    const [first, firstEnd, second, secondEnd, target] = this.fields;
    const size = itemsize(this.dtype);
    f.i32(0).set(none);
    f.while(
      () => f.get(first, firstEnd).op(op.i32LessUnsigned).get(second, secondEnd).op(op.i32LessUnsigned, op.i32And),
      () => {
        this.beginSteps();
        this.step(none);
        f.i32(size).set(none);
        this.endSteps(none);
        f.i32(0).set(none);
      },
    );
    for (const [rest, end] of [
      [first, firstEnd],
      [second, secondEnd],
    ]) {
      f.while(
        () => f.get(rest, end).op(op.i32LessUnsigned),
        () => {
          f.get(target, rest).memory(size === 8 ? access.i64Load : access.i32Load);
          f.memory(size === 8 ? access.i64Store : access.i32Store);
          f.advance(rest, size).advance(target, size);
        },
      );
    }
  }
}
