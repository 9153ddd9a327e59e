/**
 * Emits the loop that keeps some elements. It has no branch: every element is stored, and the next one goes over
 * it if it is not kept. Branches that follow random data are mispredicted half of the time (measured: 5 times slower).
 * @module
 */
import { type DType, itemsize } from "../../memory/dtype.js";
import { FunctionBuilder } from "./function-builder.js";
import { access, op, ValueType } from "./opcodes.js";
import { wasmModule } from "./wasm-module.js";

/**
 * Copies the elements whose condition is not 0; positions are in bytes.
 * @returns where the next element would go, as a signed int32
 */
export type Compress = (values: number, condition: number, target: number, count: number) => number;

const { i32 } = ValueType;
// parameters, as locals
const values = 0;
const condition = 1;
const target = 2;
const count = 3;
/** Elements in one turn of the loop. */
const UNROLL = 4;

const f32Zero = [0x43, 0, 0, 0, 0] as const;

/** Leaves 1 if an element of the condition is not 0 (NaN is not), else 0; its position is on the stack. */
const isKept: Record<DType, (f: FunctionBuilder, offset: number) => void> = {
  float64: (f, offset) => f.memory(access.f64Load, offset).f64(0).op(op.f64NotEqual),
  float32: (f, offset) => f.memory(access.f32Load, offset).op(...f32Zero, op.f32NotEqual),
  int32: keepsInteger,
  bool: (f, offset) => f.memory(access.i32Load8, offset),
  int8: keepsByte,
  uint8: keepsByte,
  int16: keepsShort,
  uint16: keepsShort,
  uint32: keepsInteger,
  int64: keepsLong,
  uint64: keepsLong,
};

function keepsByte(f: FunctionBuilder, offset: number): FunctionBuilder {
  return f.memory(access.i32Load8, offset).i32(0).op(op.i32NotEqual);
}

function keepsShort(f: FunctionBuilder, offset: number): FunctionBuilder {
  return f.memory(access.i32Load16, offset).i32(0).op(op.i32NotEqual);
}

function keepsInteger(f: FunctionBuilder, offset: number): FunctionBuilder {
  return f.memory(access.i32Load, offset).i32(0).op(op.i32NotEqual);
}

function keepsLong(f: FunctionBuilder, offset: number): FunctionBuilder {
  return f.memory(access.i64Load, offset).i64(0n).op(op.i64NotEqual);
}

/** Instructions that move an element, by its bytes. */
const moveOf: Readonly<
  Record<number, { readonly load: readonly [number, number]; readonly store: readonly [number, number] }>
> = {
  1: { load: access.i32Load8, store: access.i32Store8 },
  2: { load: access.i32Load16, store: access.i32Store16 },
  4: { load: access.i32Load, store: access.i32Store },
  8: { load: access.i64Load, store: access.i64Store },
};

/**
 * The bytes of a module whose export `run` is a `Compress`.
 * @param size bytes of an element: 1, 2, 4 or 8
 */
export function emitCompress(size: number, conditionType: DType): Uint8Array<ArrayBuffer> {
  const f = new FunctionBuilder([i32, i32, i32, i32], [i32]);
  const conditionSize = itemsize(conditionType);
  const { load, store } = moveOf[size];
  const shift = Math.log2(size);
  const turn = (elements: number) => {
    for (let i = 0; i < elements; i++) {
      f.get(target, values)
        .memory(load, i * size)
        .memory(store);
      f.get(condition);
      isKept[conditionType](f, i * conditionSize);
      f.i32(shift).op(op.i32Shl).get(target).op(op.i32Add).set(target);
    }
    f.advance(values, elements * size).advance(condition, elements * conditionSize);
    f.advance(count, -elements);
  };
  const loop = (elements: number) =>
    f.while(
      () => f.get(count).i32(elements).op(op.i32GreaterEqualSigned),
      () => turn(elements),
    );
  loop(UNROLL);
  loop(1);
  f.get(target);
  return wasmModule(f);
}
