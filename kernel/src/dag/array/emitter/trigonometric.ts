/**
 * Sine, cosine and tangent of two float64 lanes.
 *
 * x = n pi/2 + r with |r| <= pi/4, pi/2 in three parts so that r is right to 2^-100 (Cody and Waite), kept
 * as a difference y - tail; then fdlibm's polynomials on y with the tail as a correction. Lanes of |x| above
 * 100,000, infinities and NaN are computed one by one.
 * @see https://www.netlib.org/fdlibm/e_rem_pio2.c, k_sin.c, k_cos.c
 * @module
 */
import type { FloatLanes, Local } from "./float-lanes.js";

/** below it n has 16 bits, so n times a part of pi/2 (33 bits) is exact */
const LARGEST = 1e5;
const roundMagic = 6755399441055744;
const halfPi = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21];
/** negated */
const sineSeries = [
  0.16666666666666632, -0.00833333333332249, 0.0001984126982985795, -2.7557313707070068e-6, 2.5050760253406863e-8,
  -1.58969099521155e-10,
];
const cosineSeries = [
  0.0416666666666666, -0.001388888888887411, 0.00002480158728947673, -2.7557314351390663e-7, 2.087572321298175e-9,
  -1.1359647557788195e-11,
];

/**
 * r as y - tail, and n in the low bits of an integer. n times the first two parts of pi/2 is exact, so it does not
 * matter whether the processor rounds once or twice.
 */
function reduce(v: FloatLanes, x: Local) {
  const magic = v.number(roundMagic);
  const quadrant = v.multiplyAdd(x, v.number(2 / Math.PI), magic);
  const n = v.subtract(quadrant, magic);
  const [first, second, third] = halfPi;
  const t = v.multiplyAdd(n, v.number(-first), x);
  const y = v.multiplyAdd(n, v.number(-second), t);
  const tail = v.multiplyAdd(n, v.number(third), v.multiplyAdd(n, v.number(second), v.subtract(y, t)));
  // as integers, so that NaN is hard too
  const hard = v.integerGreater(v.op("abs", x), v.number(LARGEST));
  return { y, tail, quadrant, hard };
}

/** Two terms, of which the second is small, and how they become one: not yet rounded. */
type Terms = readonly ["add" | "subtract", Local, Local];

/** sin(y - tail) and cos(y - tail). The sine is a difference with a small term of +0 at zeros, so that -0 stays -0. */
function both(v: FloatLanes, y: Local, tail: Local): { sin: Terms; cos: Terms } {
  const z = v.multiply(y, y);
  const one = v.number(1);
  const minusHalf = v.number(-0.5);
  // 1 - z / 2 and what its rounding lost
  const w = v.multiplyAdd(z, minusHalf, one);
  const lost = v.multiplyAdd(z, minusHalf, v.subtract(one, w));
  const sine = v.multiplyAdd(v.multiply(z, y), v.polynomial(z, sineSeries), v.multiply(tail, w));
  const cosine = v.multiplyAdd(v.multiply(z, z), v.polynomial(z, cosineSeries), v.multiplyAdd(y, tail, lost));
  return { sin: ["subtract", y, sine], cos: ["add", w, cosine] };
}

/** The sign bit of the lanes in which bit 1 is set. */
function signOfBit1(v: FloatLanes, integer: Local): Local {
  return v.signOf(v.shiftLeft(integer, 62));
}

/** Less than 1 ulp from the exact value. */
export function sin(v: FloatLanes, x: Local): Local {
  const { y, tail, quadrant, hard } = reduce(v, x);
  const { sin, cos } = both(v, y, tail);
  const magnitude = v.select(v.isOdd(quadrant), v.op(...cos), v.op(...sin));
  return v.hardLanes(hard, v.xor(magnitude, signOfBit1(v, quadrant)), "sin", x);
}

/** Less than 1 ulp from the exact value. */
export function cos(v: FloatLanes, x: Local): Local {
  const { y, tail, quadrant, hard } = reduce(v, x);
  const { sin, cos } = both(v, y, tail);
  const magnitude = v.select(v.isOdd(quadrant), v.op(...sin), v.op(...cos));
  const next = v.integerAdd(quadrant, v.bits(1n));
  return v.hardLanes(hard, v.xor(magnitude, signOfBit1(v, next)), "cos", x);
}

/**
 * The quotient q of sine and cosine, in odd quadrants of cosine and sine; what the rounding of both lost is
 * made good: (a + b) / (c + d) = q + (b - q d) / c. Less than 1.5 ulp from the exact value.
 */
export function tan(v: FloatLanes, x: Local): Local {
  const { y, tail, quadrant, hard } = reduce(v, x);
  const { sin, cos } = both(v, y, tail);
  const odd = v.isOdd(quadrant);
  const [above, below] = [rounded(v, sin), rounded(v, cos)];
  const a = v.select(odd, below.value, above.value);
  const c = v.select(odd, above.value, below.value);
  const q = v.divide(a, c);
  const lost = v.subtract(v.select(odd, below.lost, above.lost), v.multiply(q, v.select(odd, above.lost, below.lost)));
  const quotient = v.select(v.op("equal", lost, v.number(0)), q, v.add(q, v.divide(lost, c)));
  return v.hardLanes(hard, v.xor(quotient, v.signOf(v.shiftLeft(quadrant, 63))), "tan", x);
}

/** The rounded sum and what is missing. */
function rounded(v: FloatLanes, [op, large, small]: Terms) {
  const value = v.op(op, large, small);
  return { value, lost: v.op(op, v.subtract(large, value), small) };
}
