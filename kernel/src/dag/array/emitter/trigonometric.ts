/**
 * Sine, cosine and tangent of two float64 lanes.
 *
 * x = n pi/2 + r with |r| <= pi/4, pi/2 in three parts so that r is right to 2^-100 (Cody and Waite), kept
 * as a sum y + tail; then fdlibm's polynomials on y with the tail as a correction. Lanes of |x| above
 * 100,000, infinities and NaN are computed one by one.
 * @see https://www.netlib.org/fdlibm/e_rem_pio2.c, k_sin.c, k_cos.c
 * @module
 */
import type { FloatLanes, Local } from "./float-lanes.js";

/** below it n has 16 bits, so n times a part of pi/2 (33 bits) is exact */
const LARGEST = 1e5;
const roundMagic = 6755399441055744;
const halfPi = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21];
const sine = [-0.16666666666666632, 0.00833333333332249, -0.0001984126982985795];
const sineRest = [2.7557313707070068e-6, -2.5050760253406863e-8, 1.58969099521155e-10];
const cosine = [0.0416666666666666, -0.001388888888887411, 0.00002480158728947673];
const cosineRest = [-2.7557314351390663e-7, 2.087572321298175e-9, -1.1359647557788195e-11];

/** r as y + tail, and n in the low bits of an integer. */
function reduce(v: FloatLanes, x: Local) {
  const magic = v.number(roundMagic);
  const quadrant = v.multiplyAdd(x, v.number(2 / Math.PI), magic);
  const n = v.subtract(quadrant, magic);
  const [first, ...parts] = halfPi;
  const [second, third] = parts.map((part) => v.multiply(n, v.number(part)));
  const t = v.multiplyAdd(n, v.number(-first), x);
  const r = v.subtract(t, second);
  const w = v.subtract(third, v.subtract(v.subtract(t, r), second));
  const y = v.subtract(r, w);
  const tail = v.subtract(v.subtract(r, y), w);
  const hard = v.not(v.op("lessEqual", v.op("abs", x), v.number(LARGEST)));
  return { y, tail, quadrant, hard };
}

/** A difference that is not yet rounded: the second term is small against the first. */
type Difference = readonly [Local, Local];

/** sin(y + tail) and cos(y + tail). */
function both(v: FloatLanes, y: Local, tail: Local): { sin: Difference; cos: Difference } {
  const z = v.multiply(y, y);
  const cube = v.multiply(z, y);
  const square = v.multiply(z, z);
  const half = v.number(0.5);
  const [s1, ...sineStart] = sine;
  const r = v.multiplyAdd(square, v.polynomial(z, sineRest), v.polynomial(z, sineStart));
  const inner = v.multiply(z, v.subtract(v.multiply(half, tail), v.multiply(cube, r)));
  const sineSmall = v.subtract(v.subtract(inner, tail), v.multiply(cube, v.number(s1)));
  const start = v.polynomial(z, cosine);
  const c = v.multiply(z, v.multiplyAdd(v.multiply(z, square), v.polynomial(z, cosineRest), start));
  const one = v.number(1);
  const halfZ = v.multiply(half, z);
  const w = v.subtract(one, halfZ);
  const rest = v.subtract(v.multiply(y, tail), v.multiply(z, c));
  return { sin: [y, sineSmall], cos: [w, v.subtract(rest, v.subtract(v.subtract(one, w), halfZ))] };
}

/** All bits of the lanes in which bit 0 is set. */
function isOdd(v: FloatLanes, integer: Local): Local {
  return v.shiftRight(v.shiftLeft(integer, 63), 63);
}

/** The sign bit of the lanes in which bit 1 is set. */
function signOfBit1(v: FloatLanes, integer: Local): Local {
  return v.signOf(v.shiftLeft(integer, 62));
}

/** Less than 1 ulp from the exact value. */
export function sin(v: FloatLanes, x: Local): Local {
  const { y, tail, quadrant, hard } = reduce(v, x);
  const { sin, cos } = both(v, y, tail);
  const magnitude = v.select(isOdd(v, quadrant), v.subtract(...cos), v.subtract(...sin));
  return v.hardLanes(hard, v.xor(magnitude, signOfBit1(v, quadrant)), "sin", x);
}

/** Less than 1 ulp from the exact value. */
export function cos(v: FloatLanes, x: Local): Local {
  const { y, tail, quadrant, hard } = reduce(v, x);
  const { sin, cos } = both(v, y, tail);
  const magnitude = v.select(isOdd(v, quadrant), v.subtract(...sin), v.subtract(...cos));
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
  const odd = isOdd(v, quadrant);
  const [above, below] = [rounded(v, sin), rounded(v, cos)];
  const a = v.select(odd, below.value, above.value);
  const c = v.select(odd, above.value, below.value);
  const q = v.divide(a, c);
  const lost = v.subtract(v.select(odd, below.lost, above.lost), v.multiply(q, v.select(odd, above.lost, below.lost)));
  const quotient = v.select(v.op("equal", lost, v.number(0)), q, v.add(q, v.divide(lost, c)));
  return v.hardLanes(hard, v.xor(quotient, v.signOf(v.shiftLeft(quadrant, 63))), "tan", x);
}

/** The rounded difference and what is missing. */
function rounded(v: FloatLanes, [large, small]: Difference) {
  const value = v.subtract(large, small);
  return { value, lost: v.subtract(v.subtract(large, value), small) };
}
