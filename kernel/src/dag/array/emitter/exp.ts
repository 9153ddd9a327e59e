/**
 * e^x of two float64 lanes.
 *
 * As fdlibm's e_exp.c: x = k ln 2 + r with |r| <= ln 2 / 2, ln 2 in two parts so that k ln 2 is exact;
 * then 2^k e^r. e^r is its Taylor polynomial up to r^13 / 13! (what is left out is below 2^-57),
 * summed by Estrin's scheme, because in SIMD a division as in fdlibm's rational form costs more.
 * 2^k is applied as two factors: so results in the subnormal range are rounded once and overflow is
 * infinity. Less than 1.1 ulp from the exact value; NaN stays NaN.
 * @see https://www.netlib.org/fdlibm/e_exp.c (constants ln2HI, ln2LO)
 * @module
 */
import type { FunctionBuilder } from "./function-builder.js";
import { arithmetic, simd, ValueType } from "./opcodes.js";

const { add, subtract, multiply } = arithmetic.float64;
const ln2High = 6.931471803691238e-1;
const ln2Low = 1.9082149292705877e-10;
/** Adding 1.5 * 2^52 rounds to an integer that then stands in the low bits of the sum. */
const roundMagic = 6755399441055744;
const magicBits = 0x4338000000000000n;
const lowest = -746;
const highest = 710;

/** Takes a v128 from the stack and leaves its exponential. */
export function emitExp(f: FunctionBuilder): void {
  const [x, n, k, r, half] = Array.from({ length: 5 }, () => f.local(ValueType.v128));
  // pmin and pmax keep a NaN that is their first operand
  f.f64x2(highest).simd(simd.f64PseudoMin).f64x2(lowest).simd(simd.f64PseudoMax).tee(x);
  f.f64x2(Math.LOG2E).simd(multiply).f64x2(roundMagic).simd(add).tee(k).f64x2(roundMagic).simd(subtract).set(n);
  f.get(x, n).f64x2(ln2High).simd(multiply).simd(subtract);
  f.get(n).f64x2(ln2Low).simd(multiply).simd(subtract).set(r);
  emitPolynomial(f, r);
  f.get(k).i64x2(magicBits).simd(simd.i64Sub).tee(k).i32(1).simd(simd.i64ShiftRight).set(half);
  emitScale(f, () => f.get(half));
  emitScale(f, () => f.get(k, half).simd(simd.i64Sub));
}

/** Multiplies the top of the stack by 2^exponent. */
function emitScale(f: FunctionBuilder, exponent: () => void): void {
  exponent();
  f.i64x2(1023n).simd(simd.i64Add).i32(52).simd(simd.i64ShiftLeft).simd(multiply);
}

/** Leaves 1 + r + r^2 (1/2! + r/3! + ... + r^11/13!). */
function emitPolynomial(f: FunctionBuilder, r: number): void {
  const powers = [r];
  for (let level = 0; level < 3; level++) {
    const power = f.local(ValueType.v128);
    f.get(powers[level], powers[level]).simd(multiply).set(power);
    powers.push(power);
  }
  const coefficients: number[] = [];
  for (let n = 2, factorial = 2; n <= 13; n++, factorial *= n) coefficients.push(1 / factorial);
  f.f64x2(1).get(r, powers[1]);
  emitEstrin(f, coefficients, powers);
  f.simd(multiply).simd(add).simd(add);
}

/** Leaves the polynomial: low half + r^(2^level) * high half, for halves that are powers of two long. */
function emitEstrin(f: FunctionBuilder, coefficients: readonly number[], powers: readonly number[]): void {
  if (coefficients.length === 1) {
    f.f64x2(coefficients[0]);
    return;
  }
  const level = 31 - Math.clz32(coefficients.length - 1);
  emitEstrin(f, coefficients.slice(0, 1 << level), powers);
  f.get(powers[level]);
  emitEstrin(f, coefficients.slice(1 << level), powers);
  f.simd(multiply).simd(add);
}
