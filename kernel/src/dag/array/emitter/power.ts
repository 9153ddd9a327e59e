/**
 * Powers of two float64 lanes, as fdlibm's e_pow.c: log2 of the base in two parts of together about 65
 * bits, times the exponent, then 2 to that power. Less than 1 ulp from the exact value.
 *
 * Bases that are zero, subnormal or not finite, negative bases with an exponent that is no integer,
 * exponents from 2^31 on and results near overflow or underflow are computed one by one.
 * @see https://www.netlib.org/fdlibm/e_pow.c
 * @module
 */
import type { FloatLanes, Local } from "./float-lanes.js";

const logSeries = [
  0.5999999999999946, 0.4285714285785502, 0.33333332981837743, 0.272728123808534, 0.23066074577556175,
  0.20697501780033842,
];
const expSeries = [
  0.16666666666666602, -0.0027777777777015593, 0.00006613756321437934, -1.6533902205465252e-6, 4.1381367970572385e-8,
];
/** 2 / (3 ln 2), whole and in two parts */
const cp = { whole: 0.9617966939259756, high: 0.9617967009544373, low: -7.028461650952758e-9 };
/** log2(1.5) in two parts */
const log2OfOneAndHalf = { high: 0.5849624872207642, low: 1.350039202129749e-8 };
const ln2 = { whole: Math.LN2, high: 0.6931471824645996, low: -1.904654299957768e-9 };
/** the first digits of sqrt(3/2) and sqrt(3), as bits: they bound the significands near 1, 1.5 and 2 */
const rootOfOneAndHalf = 0x3ff3988f_00000000n;
const rootOfThree = 0x3ffbb67a_00000000n;
const smallestNormal = 2 ** -1022;

/** log2 of positive normal numbers in two parts; the first has an empty lower half. */
function log2Parts(v: FloatLanes, x: Local): { high: Local; low: Local } {
  const biased = v.or(v.shiftRightUnsigned(x, 52), v.number(2 ** 52));
  const significand = v.or(v.and(x, v.bits(0xfffff_ffffffffn)), v.number(1));
  const isPast = v.op("greaterEqual", significand, v.bits(rootOfThree));
  const isMiddle = v.and(v.op("greaterEqual", significand, v.bits(rootOfOneAndHalf)), v.not(isPast));
  const one = v.number(1);
  const n = v.add(v.subtract(biased, v.number(2 ** 52 + 1023)), v.and(isPast, one));
  const ax = v.select(isPast, v.multiply(significand, v.number(0.5)), significand);
  const point = v.select(isMiddle, v.number(1.5), one);
  // s = (ax - point) / (ax + point) in two parts
  const u = v.subtract(ax, point);
  const sum = v.add(ax, point);
  const inverse = v.divide(one, sum);
  const s = v.multiply(u, inverse);
  const sHigh = v.upperHalf(s);
  const sumHigh = v.upperHalf(sum);
  const sumLow = v.subtract(ax, v.subtract(sumHigh, point));
  const sLow = v.multiply(inverse, v.subtract(v.subtract(u, v.multiply(sHigh, sumHigh)), v.multiply(sHigh, sumLow)));
  // log(ax / point) = 2 s + 2/3 s^3 + ... = 2/3 s (3 + s^2 + r)
  const square = v.multiply(s, s);
  const r = v.add(
    v.multiply(v.multiply(square, square), v.polynomial(square, logSeries)),
    v.multiply(sLow, v.add(sHigh, s)),
  );
  const squareHigh = v.multiply(sHigh, sHigh);
  const three = v.number(3);
  const tHigh = v.upperHalf(v.add(v.add(three, squareHigh), r));
  const tLow = v.subtract(r, v.subtract(v.subtract(tHigh, three), squareHigh));
  const product = v.multiply(sHigh, tHigh);
  const productLow = v.add(v.multiply(sLow, tHigh), v.multiply(tLow, s));
  const pHigh = v.upperHalf(v.add(product, productLow));
  const pLow = v.subtract(productLow, v.subtract(pHigh, product));
  const zHigh = v.multiply(pHigh, v.number(cp.high));
  const offsetHigh = v.and(isMiddle, v.number(log2OfOneAndHalf.high));
  const zLow = v.add(
    v.add(v.multiply(pHigh, v.number(cp.low)), v.multiply(pLow, v.number(cp.whole))),
    v.and(isMiddle, v.number(log2OfOneAndHalf.low)),
  );
  const high = v.upperHalf(v.add(v.add(v.add(zHigh, zLow), offsetHigh), n));
  const low = v.subtract(zLow, v.subtract(v.subtract(v.subtract(high, n), offsetHigh), zHigh));
  return { high, low };
}

/** 2^(high + low) for a sum between -1022 and 1022. */
function exp2(v: FloatLanes, high: Local, low: Local): Local {
  const magic = v.number(6755399441055744);
  const shifted = v.add(v.add(high, low), magic);
  const rest = v.subtract(high, v.subtract(shifted, magic));
  const t = v.upperHalf(v.add(low, rest));
  const u = v.multiply(t, v.number(ln2.high));
  const w = v.add(
    v.multiply(v.subtract(low, v.subtract(t, rest)), v.number(ln2.whole)),
    v.multiply(t, v.number(ln2.low)),
  );
  const z = v.add(u, w);
  const lost = v.subtract(w, v.subtract(z, u));
  const square = v.multiply(z, z);
  const series = v.subtract(z, v.multiply(square, v.polynomial(square, expSeries)));
  const quotient = v.divide(v.multiply(z, series), v.subtract(series, v.number(2)));
  const r = v.subtract(quotient, v.multiplyAdd(z, lost, lost));
  const power = v.subtract(v.number(1), v.subtract(r, z));
  // the integer stands in the low bits of the shifted sum; adding it to the exponent scales the result
  return v.integerAdd(power, v.shiftLeft(shifted, 52));
}

/** base^exponent with NumPy's special values: 1^y and x^0 are 1, also with NaN. */
export function power(v: FloatLanes, base: Local, exponent: Local): Local {
  const magnitude = v.op("abs", base);
  const { high, low } = log2Parts(v, magnitude);
  const yHigh = v.upperHalf(exponent);
  const productLow = v.add(v.multiply(v.subtract(exponent, yHigh), high), v.multiply(exponent, low));
  const productHigh = v.multiply(yHigh, high);
  const z = v.add(productLow, productHigh);
  const result = exp2(v, productHigh, productLow);
  // a negative base needs an integer exponent, and an odd one makes the result negative
  const isInteger = v.op("equal", v.op("rint", exponent), exponent);
  const halved = v.multiply(exponent, v.number(0.5));
  const isOdd = v.op("notEqual", v.op("rint", halved), halved);
  const signed = v.xor(result, v.and(v.signOf(base), isOdd));
  const isPlain = [
    v.op("greaterEqual", magnitude, v.number(smallestNormal)),
    v.op("less", magnitude, v.number(Number.POSITIVE_INFINITY)),
    v.op("less", v.op("abs", exponent), v.number(2 ** 31)),
    v.op("less", v.op("abs", z), v.number(1021)),
    v.or(isInteger, v.op("greater", base, v.number(0))),
  ].reduce((all, one) => v.and(all, one));
  return v.hardLanes(v.not(isPlain), signed, "power", base, exponent);
}
