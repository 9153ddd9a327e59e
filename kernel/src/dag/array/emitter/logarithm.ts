/**
 * Logarithms of two float64 lanes, as in FreeBSD's msun (which is fdlibm's e_log.c and k_log.h).
 *
 * x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2); log(1 + f) = f - f^2/2 + r, where r is a
 * polynomial in s^2, s = f / (2 + f). Zero, negative, subnormal and infinite lanes and NaN are computed
 * one by one.
 * @see https://github.com/freebsd/freebsd-src/blob/main/lib/msun/src/k_log.h
 * @module
 */
import type { FloatLanes, Local } from "./float-lanes.js";

const ln2High = 6.931471803691238e-1;
const ln2Low = 1.9082149292705877e-10;
const logSeries = [
  0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805,
  0.15313837699209373, 0.14798198605116586,
];
const smallestNormalBits = 0x10000000000000n;
const infinityBits = 0x7ff00000_00000000n;

/** k as a number, and 1 + f. */
function split(v: FloatLanes, x: Local) {
  // the bits of sqrt(1/2) move to those of 1, so the exponent changes at sqrt(2)
  const shifted = v.integerAdd(x, v.bits(0x3ff00000_00000000n - 0x3fe6a09e_00000000n));
  const exponent = v.or(v.shiftRightUnsigned(shifted, 52), v.number(2 ** 52));
  const k = v.subtract(exponent, v.number(2 ** 52 + 1023));
  const significand = v.and(shifted, v.bits(0xfffff_ffffffffn));
  return { k, m: v.integerAdd(significand, v.bits(0x3fe6a09e_00000000n)) };
}

/** f^2 / 2 and r, so that log(1 + f) = f - (f^2/2 - r). */
function series(v: FloatLanes, f: Local) {
  const s = v.divide(f, v.add(f, v.number(2)));
  const z = v.multiply(s, s);
  const half = v.multiply(v.multiply(v.number(0.5), f), f);
  return { half, r: v.multiply(s, v.multiplyAdd(z, v.polynomial(z, logSeries), half)) };
}

/**
 * Lanes that are not positive, normal and finite: as unsigned integers their distance from the smallest normal number
 * is not below that of infinity. Both sides are moved by 2^63, because SIMD compares signed integers.
 */
function hardLanes(v: FloatLanes, x: Local): Local {
  const distance = v.integerAdd(x, v.bits(2n ** 63n - smallestNormalBits));
  return v.integerGreater(distance, v.bits(infinityBits - smallestNormalBits - 1n - 2n ** 63n));
}

/** k ln 2 + log(1 + f), with `small` added to the small terms; k times the first part of ln 2 is exact. */
function sum(v: FloatLanes, k: Local, f: Local, small?: Local): Local {
  const { half, r } = series(v, f);
  const low = v.multiplyAdd(k, v.number(ln2Low), small === undefined ? r : v.add(r, small));
  return v.multiplyAdd(k, v.number(ln2High), v.subtract(f, v.subtract(half, low)));
}

/** The natural logarithm, less than 1 ulp from the exact value. */
export function log(v: FloatLanes, x: Local): Local {
  const { k, m } = split(v, x);
  return v.hardLanes(hardLanes(v, x), sum(v, k, v.subtract(m, v.number(1))), "log", x);
}

/**
 * log(1 + x): what 1 + x loses is c, and log(1 + x) = log(u) + c / u with the rounded sum u; where u is
 * close to 1, f is x itself.
 * @see https://www.netlib.org/fdlibm/s_log1p.c
 */
export function log1p(v: FloatLanes, x: Local): Local {
  const one = v.number(1);
  const u = v.add(one, x);
  const { k, m } = split(v, u);
  const zero = v.number(0);
  const isSmall = v.op("equal", k, zero);
  const lost = v.select(v.op("greater", x, one), v.subtract(one, v.subtract(u, x)), v.subtract(x, v.subtract(u, one)));
  const correction = v.select(isSmall, zero, v.divide(lost, u));
  const result = sum(v, k, v.select(isSmall, x, v.subtract(m, one)), correction);
  // keeps the sign of zero
  const signed = v.select(v.op("equal", x, zero), x, result);
  return v.hardLanes(hardLanes(v, u), signed, "log1p", x);
}

/** log(1 + f) in two parts, of which the first has few bits: its product with a short constant is exact. */
function parts(v: FloatLanes, m: Local) {
  const f = v.subtract(m, v.number(1));
  const { half, r } = series(v, f);
  const high = v.upperHalf(v.subtract(f, half));
  return { high, low: v.add(v.subtract(v.subtract(f, high), half), r) };
}

/** whole + high + low, where low is small against their sum. */
function addUp(v: FloatLanes, whole: Local, high: Local, low: Local): Local {
  const rounded = v.add(whole, high);
  return v.add(v.add(low, v.add(v.subtract(whole, rounded), high)), rounded);
}

/** @see https://github.com/freebsd/freebsd-src/blob/main/lib/msun/src/e_log2.c */
export function log2(v: FloatLanes, x: Local): Local {
  const { k, m } = split(v, x);
  const { high, low } = parts(v, m);
  const inverseHigh = v.number(1.4426950407214463);
  const inverseLow = v.number(1.6751713164886512e-10);
  const rest = v.add(v.multiply(v.add(low, high), inverseLow), v.multiply(low, inverseHigh));
  return v.hardLanes(hardLanes(v, x), addUp(v, k, v.multiply(high, inverseHigh), rest), "log2", x);
}

/** @see https://github.com/freebsd/freebsd-src/blob/main/lib/msun/src/e_log10.c */
export function log10(v: FloatLanes, x: Local): Local {
  const { k, m } = split(v, x);
  const { high, low } = parts(v, m);
  const inverseHigh = v.number(0.4342944818781689);
  const inverseLow = v.number(2.5082946711645275e-11);
  const whole = v.multiply(k, v.number(0.30102999566361177));
  const kLow = v.multiply(k, v.number(3.694239077158931e-13));
  const rest = v.add(v.add(kLow, v.multiply(v.add(low, high), inverseLow)), v.multiply(low, inverseHigh));
  return v.hardLanes(hardLanes(v, x), addUp(v, whole, v.multiply(high, inverseHigh), rest), "log10", x);
}
