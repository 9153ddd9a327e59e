/**
 * Remainders and whole quotients of two float64 lanes, equal to NumPy's bit for bit.
 * @see https://github.com/numpy/numpy/blob/main/numpy/_core/src/npymath/npy_math_internal.h.src (npy_divmod)
 * @module
 */
import type { FloatLanes, Local } from "./float-lanes.js";
import { simd } from "./opcodes.js";

/** q and the upper half of |b| then have at most 53 bits together: their products are exact */
const LARGEST_QUOTIENT = 2 ** 26;
const lower27Bits = 0xffff_ffff_f800_0000n;

/**
 * The exact remainder of |a| / |b|, and the lanes in which it is not right.
 *
 * q b is computed as an exact sum of two numbers p + e (Veltkamp's split of b), |a| - p is exact, and so is
 * the remainder, because it is a multiple of the last bit of b. A quotient that was rounded up to an integer
 * gives a negative remainder, which b corrects.
 */
function remainderOfMagnitudes(v: FloatLanes, a: Local, b: Local): { rest: Local; hard: Local } {
  const [above, below] = [v.op("abs", a), v.op("abs", b)];
  const quotient = v.divide(above, below);
  const q = v.op("trunc", quotient);
  const high = v.and(below, v.bits(lower27Bits));
  const low = v.subtract(below, high);
  const p = v.multiply(q, below);
  const e = v.subtract(v.multiply(q, low), v.subtract(p, v.multiply(q, high)));
  const rest = v.subtract(v.subtract(above, p), e);
  const isNegative = v.op("less", rest, v.number(0));
  const isPlain = [
    v.op("less", quotient, v.number(LARGEST_QUOTIENT)),
    v.op("greater", below, v.number(1e-280)),
    v.op("less", below, v.number(1e300)),
  ].reduce((all, one) => v.and(all, one));
  return { rest: v.add(rest, v.and(isNegative, below)), hard: v.not(isPlain) };
}

/** C's fmod, and whether Python's remainder is one divisor further. */
function divide(v: FloatLanes, a: Local, b: Local) {
  const { rest, hard } = remainderOfMagnitudes(v, a, b);
  const fmod = v.copySign(v.op("abs", rest), a);
  const zero = v.number(0);
  const isExact = v.op("equal", rest, zero);
  const differ = v.xor(v.op("less", b, zero), v.op("less", fmod, zero));
  return { fmod, hard, isExact, isFurther: v.and(differ, v.not(isExact)) };
}

/** Python's %: the remainder has the sign of the divisor. */
export function mod(v: FloatLanes, a: Local, b: Local): Local {
  const { fmod, hard, isExact, isFurther } = divide(v, a, b);
  const rest = v.add(fmod, v.and(isFurther, b));
  return v.hardLanes(hard, v.select(isExact, v.signOf(b), rest), "mod", a, b);
}

/** C's fmod, JavaScript's %: the remainder has the sign of the dividend. */
export function fmod(v: FloatLanes, a: Local, b: Local): Local {
  const { fmod, hard } = divide(v, a, b);
  return v.hardLanes(hard, fmod, "fmod", a, b);
}

/** Python's //: the quotient rounded down. */
export function floorDivide(v: FloatLanes, a: Local, b: Local): Local {
  return quotientOf(v, a, b, "floorDivide", (x) => x);
}

/** // of float32 that are held in float64: NumPy rounds to float32 on the way. */
export function singleFloorDivide(v: FloatLanes, a: Local, b: Local): Local {
  return quotientOf(v, a, b, "singleFloorDivide", (x) => v.simd(simd.f64FromF32, v.simd(simd.f32FromF64, x)));
}

function quotientOf(v: FloatLanes, a: Local, b: Local, scalar: string, round: (x: Local) => Local): Local {
  const { fmod, hard, isFurther } = divide(v, a, b);
  const one = v.number(1);
  const exact = round(v.divide(round(v.subtract(a, fmod)), b));
  const quotient = round(v.subtract(exact, v.and(isFurther, one)));
  const floor = v.op("floor", quotient);
  const isBelow = v.op("greater", v.subtract(quotient, floor), v.number(0.5));
  const whole = v.add(floor, v.and(isBelow, one));
  const isZero = v.op("equal", quotient, v.number(0));
  const result = v.select(isZero, v.signOf(v.divide(a, b)), whole);
  return v.hardLanes(hard, result, scalar, a, b);
}

/** // of integers that are held in float64; by 0 it is 0, and -2^31 // -1 wraps around, as in NumPy. */
export function integerFloorDivide(v: FloatLanes, a: Local, b: Local): Local {
  const floor = v.op("floor", v.divide(a, b));
  const wrapped = v.select(v.op("equal", floor, v.number(2 ** 31)), v.number(-(2 ** 31)), floor);
  return v.and(wrapped, v.op("notEqual", b, v.number(0)));
}

/** % of integers that are held in float64; by 0 it is 0, as in NumPy. */
export function integerMod(v: FloatLanes, a: Local, b: Local): Local {
  const floor = v.op("floor", v.divide(a, b));
  return v.and(v.subtract(a, v.multiply(floor, b)), v.op("notEqual", b, v.number(0)));
}
