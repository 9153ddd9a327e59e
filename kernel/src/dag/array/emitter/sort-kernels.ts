/**
 * Emits the loops of sorting by digits. Elements are sorted as keys: unsigned integers with the same order. The sign
 * bit of signed numbers is turned over, and of negative floats the other bits too; every NaN has the key of the
 * positive one, which is above all numbers. Only the insertion has a branch that follows the data.
 * @see D. E. Knuth: The Art of Computer Programming 3, 5.2.5 (sorting by distribution)
 * @module
 */
import { type DType, isFloat, isUnsigned, itemsize } from "../../memory/dtype.js";
import { FunctionBuilder } from "./function-builder.js";
import { access, op, ValueType } from "./opcodes.js";
import { wasmModule } from "./wasm-module.js";

/** Bits of a digit: 2048 lists are as many pages as a processor translates quickly (measured: 8 bits are slower). */
export const DIGIT_BITS = 11;
/** Values of a digit. */
export const DIGITS = 2 ** DIGIT_BITS;
/** Digits that are counted in one go, the lowest first. */
export const COUNTED_DIGITS = 3;

/**
 * Writes the keys of elements to `target`, which may be `source`, and to `differences` (one key) the bits in which some
 * of them differ.
 */
export type ToKeys = (source: number, target: number, count: number, differences: number) => void;
/** Writes keys as elements to `target`, which may be `source`. */
export type FromKeys = (source: number, target: number, count: number) => void;
/** Adds 1 to `counts[i][digit]` (int32) for the digits of every key from bit `shift` on. */
export type CountDigits = (source: number, count: number, counts: number, shift: number) => void;
/** Moves every key to the position (int32, in bytes) that `places` has for its digit, which then goes on by one. */
export type ScatterByDigit = (source: number, count: number, places: number, shift: number) => void;
/**
 * Sorts keys that are nearly sorted by insertion; gives up after about `limit` moves.
 * @returns the moves that were made; above `limit` if the keys are not sorted
 */
export type InsertKeys = (source: number, end: number, limit: number) => number;

const { i32, i64 } = ValueType;

/** The instructions for keys of one element type. */
class Keys {
  readonly size: number;
  readonly shift: number;
  readonly type: ValueType;
  readonly load: readonly [number, number];
  readonly store: readonly [number, number];
  readonly less: number;
  readonly greater: number;
  private readonly dtype: DType;
  private readonly is64: boolean;

  constructor(dtype: DType) {
    this.dtype = dtype;
    this.size = itemsize(dtype);
    this.shift = Math.log2(this.size);
    this.is64 = this.size === 8;
    this.type = this.is64 ? i64 : i32;
    this.load = this.is64 ? access.i64Load : access.i32Load;
    this.store = this.is64 ? access.i64Store : access.i32Store;
    this.less = this.is64 ? op.i64LessUnsigned : op.i32LessUnsigned;
    this.greater = this.is64 ? op.i64GreaterUnsigned : op.i32GreaterUnsigned;
  }

  constant(f: FunctionBuilder, value: number): FunctionBuilder {
    return this.is64 ? f.i64(BigInt(value)) : f.i32(value);
  }

  and(f: FunctionBuilder): FunctionBuilder {
    return f.op(this.is64 ? op.i64And : op.i32And);
  }

  xor(f: FunctionBuilder): FunctionBuilder {
    return f.op(this.is64 ? op.i64Xor : op.i32Xor);
  }

  or(f: FunctionBuilder): FunctionBuilder {
    return f.op(this.is64 ? op.i64Or : op.i32Or);
  }

  /** Leaves digit `number` above bit `shift` of a key as an offset into a table of int32. */
  digitOffset(f: FunctionBuilder, key: number, shift: number, number: number): void {
    f.get(key, shift)
      .i32(number * DIGIT_BITS)
      .op(op.i32Add);
    if (this.is64) f.op(op.i64ExtendI32, op.i64ShiftRightUnsigned, op.i32WrapI64);
    else f.op(op.i32ShiftRightUnsigned);
    f.i32(DIGITS - 1)
      .op(op.i32And)
      .i32(2)
      .op(op.i32Shl);
  }

  /** Every NaN becomes the positive one without a payload. */
  mergeNaNs(f: FunctionBuilder, key: number): void {
    if (!isFloat(this.dtype)) return;
    const number = () => f.get(key).op(this.is64 ? op.f64ReinterpretI64 : op.f32ReinterpretI32);
    if (this.is64) f.i64(0x7ff8000000000000n).get(key);
    else f.i32(0x7fc00000).get(key);
    number();
    number();
    f.op(this.is64 ? op.f64NotEqual : op.f32NotEqual, op.select).set(key);
  }

  /** Leaves the bits that an element (a key, if `back`) changes: the sign, and all others of negative floats. */
  flipMask(f: FunctionBuilder, key: number, back: boolean): void {
    if (!isFloat(this.dtype)) {
      const isSigned = !isUnsigned(this.dtype);
      if (this.is64) f.i64(isSigned ? -(2n ** 63n) : 0n);
      else f.i32(isSigned ? -(2 ** 31) : 0);
    } else if (this.is64) {
      f.get(key).i64(63n).op(op.i64ShiftRightSigned);
      if (back) f.i64(-1n).op(op.i64Xor);
      f.i64(-(2n ** 63n)).op(op.i64Or);
    } else {
      f.get(key).i32(31).op(op.i32ShiftRightSigned);
      if (back) f.i32(-1).op(op.i32Xor);
      f.i32(-(2 ** 31)).op(op.i32Or);
    }
  }
}

/** Repeats `body` for `count` elements from `source` on. */
function eachKey(f: FunctionBuilder, keys: Keys, source: number, count: number, body: () => void): void {
  f.while(
    () => f.get(count),
    () => {
      body();
      f.advance(source, keys.size).advance(count, -1);
    },
  );
}

/** The bytes of a module whose export `run` is a `ToKeys`. */
export function emitToKeys(dtype: DType): Uint8Array<ArrayBuffer> {
  const f = new FunctionBuilder([i32, i32, i32, i32]);
  const [source, target, count, differences] = [0, 1, 2, 3];
  const keys = new Keys(dtype);
  const [key, inAny, inAll] = [f.local(keys.type), f.local(keys.type), f.local(keys.type)];
  keys.constant(f, -1).set(inAll);
  eachKey(f, keys, source, count, () => {
    f.get(source).memory(keys.load).set(key);
    keys.mergeNaNs(f, key);
    f.get(key);
    keys.flipMask(f, key, false);
    keys.xor(f).set(key);
    f.get(target, key).memory(keys.store).advance(target, keys.size);
    keys.or(f.get(inAny, key)).set(inAny);
    keys.and(f.get(inAll, key)).set(inAll);
  });
  keys.xor(f.get(differences, inAny, inAll)).memory(keys.store);
  return wasmModule(f);
}

/** The bytes of a module whose export `run` is a `FromKeys`. */
export function emitFromKeys(dtype: DType): Uint8Array<ArrayBuffer> {
  const f = new FunctionBuilder([i32, i32, i32]);
  const [source, target, count] = [0, 1, 2];
  const keys = new Keys(dtype);
  const key = f.local(keys.type);
  eachKey(f, keys, source, count, () => {
    f.get(target, source).memory(keys.load).tee(key);
    keys.flipMask(f, key, true);
    keys.xor(f).memory(keys.store);
    f.advance(target, keys.size);
  });
  return wasmModule(f);
}

/** The bytes of a module whose export `run` is a `CountDigits`. */
export function emitCountDigits(dtype: DType): Uint8Array<ArrayBuffer> {
  const f = new FunctionBuilder([i32, i32, i32, i32]);
  const [source, count, counts, shift] = [0, 1, 2, 3];
  const keys = new Keys(dtype);
  const [key, at] = [f.local(keys.type), f.local(i32)];
  eachKey(f, keys, source, count, () => {
    f.get(source).memory(keys.load).set(key);
    for (let number = 0; number < COUNTED_DIGITS; number++) {
      const table = number * DIGITS * 4;
      keys.digitOffset(f, key, shift, number);
      f.get(counts).op(op.i32Add).tee(at);
      f.get(at).memory(access.i32Load, table).i32(1).op(op.i32Add).memory(access.i32Store, table);
    }
  });
  return wasmModule(f);
}

/** The bytes of a module whose export `run` is a `ScatterByDigit`. */
export function emitScatter(dtype: DType): Uint8Array<ArrayBuffer> {
  const f = new FunctionBuilder([i32, i32, i32, i32]);
  const [source, count, places, shift] = [0, 1, 2, 3];
  const keys = new Keys(dtype);
  const [key, entry, target] = [f.local(keys.type), f.local(i32), f.local(i32)];
  eachKey(f, keys, source, count, () => {
    f.get(source).memory(keys.load).set(key);
    keys.digitOffset(f, key, shift, 0);
    f.get(places).op(op.i32Add).tee(entry).memory(access.i32Load).tee(target);
    f.get(key).memory(keys.store);
    f.get(entry, target).i32(keys.size).op(op.i32Add).memory(access.i32Store);
  });
  return wasmModule(f);
}

/** The bytes of a module whose export `run` is an `InsertKeys`. */
export function emitInsertKeys(dtype: DType): Uint8Array<ArrayBuffer> {
  const f = new FunctionBuilder([i32, i32, i32], [i32]);
  const [source, end, limit] = [0, 1, 2];
  const keys = new Keys(dtype);
  const [key, highest, before] = [f.local(keys.type), f.local(keys.type), f.local(keys.type)];
  const [at, hole, moves] = [f.local(i32), f.local(i32), f.local(i32)];
  f.get(source).memory(keys.load).set(highest);
  f.get(source).i32(keys.size).op(op.i32Add).set(at);
  const moveUp = () => {
    f.get(hole, before).memory(keys.store);
    f.advance(hole, -keys.size).advance(moves, 1);
    f.get(hole).i32(keys.size).op(op.i32Sub).memory(keys.load).set(before);
  };
  f.while(
    () => f.get(at, end).op(op.i32LessUnsigned).get(moves, limit).op(op.i32LessEqualUnsigned, op.i32And),
    () => {
      f.get(at).memory(keys.load).tee(key).get(highest).op(keys.less);
      f.if(
        () => {
          f.get(at).set(hole).get(highest).set(before);
          // what stands before the first key is read, but not used: `hole` has then reached it
          f.while(
            () => f.get(hole, source).op(op.i32GreaterUnsigned).get(before, key).op(keys.greater, op.i32And),
            moveUp,
          );
          f.get(hole, key).memory(keys.store);
        },
        () => f.get(key).set(highest),
      );
      f.advance(at, keys.size);
    },
  );
  f.get(moves);
  return wasmModule(f);
}
