/**
 * Formulas on vectors of floating-point lanes: every method writes one instruction (or few) and returns
 * the local that holds its result, so that an algorithm reads as in its source.
 * @module
 */
import type { FunctionBuilder } from "./function-builder.js";
import { hasFusedMultiplyAdd } from "./fused-multiply-add.js";
import { arithmetic, op, simd, ValueType } from "./opcodes.js";

/** Index of a local variable that holds a v128. */
export type Local = number;
type Arithmetic = keyof typeof arithmetic.float64;

/** The lanes of float64 (two) or float32 (four). Every operation but `multiplyAdd` rounds as IEEE says. */
export class FloatLanes {
  readonly f: FunctionBuilder;
  readonly dtype: "float64" | "float32";

  constructor(f: FunctionBuilder, dtype: "float64" | "float32" = "float64") {
    this.f = f;
    this.dtype = dtype;
  }

  /** A new local with the top of the stack. */
  take(): Local {
    const local = this.f.local(ValueType.v128);
    this.f.set(local);
    return local;
  }

  /** An instruction with these operands. */
  simd(code: number, ...operands: readonly Local[]): Local {
    this.f.get(...operands).simd(code);
    return this.take();
  }

  /** An instruction of the element type. */
  op(name: Arithmetic, ...operands: readonly Local[]): Local {
    return this.simd(arithmetic[this.dtype][name], ...operands);
  }

  /** `value` in every lane. */
  number(value: number): Local {
    const values = this.dtype === "float64" ? new Float64Array(2).fill(value) : new Float32Array(4).fill(value);
    return this.f.constantLocal(new Uint8Array(values.buffer));
  }

  /** The integer `value` in every lane. */
  bits(value: bigint): Local {
    const lanes = this.dtype === "float64" ? new BigInt64Array(2) : new Int32Array(4);
    if (lanes instanceof BigInt64Array) lanes.fill(BigInt.asIntN(64, value));
    else lanes.fill(Number(BigInt.asIntN(32, value)));
    return this.f.constantLocal(new Uint8Array(lanes.buffer));
  }

  add(a: Local, b: Local): Local {
    return this.op("add", a, b);
  }

  subtract(a: Local, b: Local): Local {
    return this.op("subtract", a, b);
  }

  multiply(a: Local, b: Local): Local {
    return this.op("multiply", a, b);
  }

  divide(a: Local, b: Local): Local {
    return this.op("divide", a, b);
  }

  /** a * b + c, rounded once or twice. */
  multiplyAdd(a: Local, b: Local, c: Local): Local {
    if (!hasFusedMultiplyAdd) return this.add(this.multiply(a, b), c);
    return this.simd(this.dtype === "float64" ? simd.f64MultiplyAdd : simd.f32MultiplyAdd, a, b, c);
  }

  and(a: Local, b: Local): Local {
    return this.simd(simd.and, a, b);
  }

  or(a: Local, b: Local): Local {
    return this.simd(simd.or, a, b);
  }

  xor(a: Local, b: Local): Local {
    return this.simd(simd.xor, a, b);
  }

  not(a: Local): Local {
    return this.simd(simd.not, a);
  }

  /** `then` in the lanes where the mask is set, else `otherwise`. */
  select(mask: Local, then: Local, otherwise: Local): Local {
    return this.simd(simd.bitselect, then, otherwise, mask);
  }

  /** x, but at least `low` and at most `high`; NaN stays NaN. */
  clamp(x: Local, low: number, high: number): Local {
    // pmin and pmax keep a NaN that is their first operand
    const below = this.op("pseudoMin", x, this.number(high));
    return this.op("pseudoMax", below, this.number(low));
  }

  /** Lanes as 64-bit (32-bit) integers. */
  integerAdd(a: Local, b: Local): Local {
    return this.simd(this.dtype === "float64" ? simd.i64Add : arithmetic.int32.add, a, b);
  }

  integerSubtract(a: Local, b: Local): Local {
    return this.simd(this.dtype === "float64" ? simd.i64Sub : arithmetic.int32.subtract, a, b);
  }

  /** The mask of lanes whose bits, as signed 64-bit integers, are greater. Of float64. */
  integerGreater(a: Local, b: Local): Local {
    return this.simd(simd.i64Greater, a, b);
  }

  /** The mask of lanes in which bit 0 is set. Of float64. */
  isOdd(a: Local): Local {
    const one = this.bits(1n);
    return this.simd(simd.i64Equal, this.and(a, one), one);
  }

  shiftLeft(a: Local, bits: number): Local {
    return this.shift(a, bits, this.dtype === "float64" ? simd.i64ShiftLeft : simd.i32ShiftLeft);
  }

  /** Fills with zeros. One that keeps the sign would be six instructions for 64-bit lanes before AVX-512. */
  shiftRightUnsigned(a: Local, bits: number): Local {
    return this.shift(a, bits, this.dtype === "float64" ? simd.i64ShiftRightUnsigned : simd.i32ShiftRightUnsigned);
  }

  private shift(a: Local, bits: number, code: number): Local {
    this.f.get(a).i32(bits).simd(code);
    return this.take();
  }

  /** Only the sign bits. */
  signOf(a: Local): Local {
    return this.and(a, this.number(-0));
  }

  /** `magnitude`, which must not be negative, with the sign of `sign`. */
  copySign(magnitude: Local, sign: Local): Local {
    return this.or(magnitude, this.signOf(sign));
  }

  /** The upper half of the significand (of float64): products of two of them are exact. */
  upperHalf(a: Local): Local {
    return this.and(a, this.bits(0xffff_ffff_0000_0000n));
  }

  /**
   * c[0] + c[1] x + c[2] x^2 + ..., even and odd powers in a chain each: half as many steps wait for one another as in
   * Horner's scheme, with one multiplication more. Estrin's has fewer waits still but more multiplications, and other
   * vectors fill the waits.
   */
  polynomial(x: Local, coefficients: readonly number[]): Local {
    if (coefficients.length <= 3) return this.horner(x, coefficients);
    const [even, odd] = [0, 1].map((first) => coefficients.filter((_, power) => power % 2 === first));
    const square = this.multiply(x, x);
    return this.multiplyAdd(this.horner(square, odd), x, this.horner(square, even));
  }

  private horner(x: Local, coefficients: readonly number[]): Local {
    const [last, ...others] = coefficients.toReversed();
    return others.reduce((sum, next) => this.multiplyAdd(sum, x, this.number(next)), this.number(last));
  }

  /** `usual`, or what `otherwise` computes for all lanes if any lane of `hard` is set. */
  unlessAny(hard: Local, usual: Local, otherwise: () => Local): Local {
    const { f } = this;
    f.get(usual);
    const result = this.take();
    this.ifAny(hard, () => f.get(otherwise()).set(result));
    return result;
  }

  private ifAny(mask: Local, then: () => void): void {
    // the sign bits: cheaper to test than all bits
    this.f.get(mask).simd(this.dtype === "float64" ? simd.i64Bitmask : simd.i32Bitmask);
    this.f.if(then);
  }

  /**
   * Computes the lanes of `hard` one by one with a function of scalar-functions.ts.
   * @returns `result` with those lanes replaced
   */
  hardLanes(hard: Local, result: Local, name: string, ...inputs: readonly Local[]): Local {
    const { f } = this;
    f.get(result);
    const fixed = this.take();
    this.ifAny(hard, () => {
      for (let lane = 0; lane < (this.dtype === "float64" ? 2 : 4); lane++)
        this.hardLane(hard, fixed, name, inputs, lane);
    });
    return fixed;
  }

  private hardLane(hard: Local, fixed: Local, name: string, inputs: readonly Local[], lane: number): void {
    const { f } = this;
    const isDouble = this.dtype === "float64";
    f.get(hard).lane(isDouble ? simd.i64Extract : simd.i32Extract, lane);
    if (isDouble) f.i64(0n).op(op.i64NotEqual);
    f.if(() => {
      f.get(fixed);
      for (const input of inputs) {
        f.get(input).lane(isDouble ? simd.f64Extract : simd.f32Extract, lane);
        if (!isDouble) f.op(op.f64FromF32);
      }
      f.callScalar(name, inputs.length);
      if (!isDouble) f.op(op.f32FromF64);
      f.lane(isDouble ? simd.f64Replace : simd.f32Replace, lane).set(fixed);
    });
  }
}
