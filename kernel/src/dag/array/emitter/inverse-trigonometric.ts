/**
 * Inverse trigonometric functions of two float64 lanes, as in fdlibm; branches are computed side by side.
 * @see https://www.netlib.org/fdlibm/s_atan.c, e_atan2.c, e_asin.c, e_acos.c
 * @module
 */
import type { FloatLanes, Local } from "./float-lanes.js";

const halfPiHigh = Math.PI / 2;
const halfPiLow = 6.123233995736766e-17;
/** arctan of 0.5, 1, 1.5 and infinity, in two parts */
const atanHigh = [0.4636476090008061, 0.7853981633974483, 0.982793723247329, halfPiHigh];
const atanLow = [2.2698777452961687e-17, 3.061616997868383e-17, 1.3903311031230998e-17, halfPiLow];
const atanEven = [
  0.3333333333333293, 0.14285714272503466, 0.09090887133436507, 0.06661073137387531, 0.049768779946159324,
  0.016285820115365782,
];
const atanOdd = [
  -0.19999999999876483, -0.11111110405462356, -0.0769187620504483, -0.058335701337905735, -0.036531572744216916,
];
const asinAbove = [
  0.16666666666666666, -0.3255658186224009, 0.20121253213486293, -0.04005553450067941, 0.0007915349942898145,
  0.00003479331075960212,
];
const asinBelow = [1, -2.403394911734414, 2.0209457602335057, -0.6882839716054533, 0.07703815055590194];

/** arctan of a magnitude: reduced to |t| <= 7/16 by the arctan of 0, 0.5, 1, 1.5 or infinity. */
function arctanOfMagnitude(v: FloatLanes, a: Local): Local {
  const one = v.number(1);
  const isFrom = [7 / 16, 11 / 16, 19 / 16, 39 / 16].map((bound) => v.op("greaterEqual", a, v.number(bound)));
  /** the last choice whose range has begun */
  const choose = (choices: readonly Local[]) =>
    isFrom.reduce((chosen, mask, i) => v.select(mask, choices[i + 1], chosen), choices[0]);
  const oneAndHalf = v.number(1.5);
  const above = choose([a, v.subtract(v.add(a, a), one), v.subtract(a, one), v.subtract(a, oneAndHalf), v.number(-1)]);
  const below = choose([one, v.add(v.number(2), a), v.add(a, one), v.multiplyAdd(a, oneAndHalf, one), a]);
  const high = choose([v.number(0), ...atanHigh.map((value) => v.number(value))]);
  const low = choose([v.number(0), ...atanLow.map((value) => v.number(value))]);
  const t = v.divide(above, below);
  const z = v.multiply(t, t);
  const w = v.multiply(z, z);
  const series = v.add(v.multiply(z, v.polynomial(w, atanEven)), v.multiply(w, v.polynomial(w, atanOdd)));
  return v.subtract(high, v.subtract(v.subtract(v.multiply(t, series), low), t));
}

/** Less than 1 ulp from the exact value. */
export function arctan(v: FloatLanes, x: Local): Local {
  const magnitude = arctanOfMagnitude(v, v.op("abs", x));
  return v.copySign(v.op("abs", magnitude), x);
}

/** The angle of the point (x, y); zeros, infinities, NaN and extreme quotients are computed one by one. */
export function arctan2(v: FloatLanes, y: Local, x: Local): Local {
  const quotient = v.divide(v.op("abs", y), v.op("abs", x));
  const z = arctanOfMagnitude(v, quotient);
  const behind = v.subtract(v.number(Math.PI), v.subtract(z, v.number(2 * halfPiLow)));
  const magnitude = v.select(v.op("less", x, v.number(0)), behind, z);
  const isPlain = v.and(v.op("greater", quotient, v.number(1e-280)), v.op("less", quotient, v.number(1e280)));
  return v.hardLanes(v.not(isPlain), v.copySign(v.op("abs", magnitude), y), "arctan2", y, x);
}

/** The rational approximation of (arcsin(s) - s) / s in t = s^2. */
function asinRest(v: FloatLanes, t: Local): Local {
  return v.divide(v.multiply(t, v.polynomial(t, asinAbove)), v.polynomial(t, asinBelow));
}

/** The square root s of t in a short part and the rest; the rest of 0 is 0. */
function rootParts(v: FloatLanes, t: Local) {
  const s = v.op("sqrt", t);
  const high = v.upperHalf(s);
  const rest = v.divide(v.subtract(t, v.multiply(high, high)), v.add(s, high));
  return { s, high, rest: v.and(rest, v.op("notEqual", s, v.number(0))) };
}

/** From 0.5 on arcsin(a) = pi/2 - 2 arcsin(sqrt((1 - a) / 2)); NaN beyond 1. */
export function arcsin(v: FloatLanes, x: Local): Local {
  const a = v.op("abs", x);
  const half = v.number(0.5);
  const isSmall = v.op("less", a, half);
  const t = v.select(isSmall, v.multiply(a, a), v.multiply(v.subtract(v.number(1), a), half));
  const rest = asinRest(v, t);
  const small = v.multiplyAdd(a, rest, a);
  const root = rootParts(v, t);
  const p = v.subtract(
    v.multiply(v.add(root.s, root.s), rest),
    v.subtract(v.number(halfPiLow), v.add(root.rest, root.rest)),
  );
  const quarterPi = v.number(Math.PI / 4);
  const q = v.subtract(quarterPi, v.add(root.high, root.high));
  const large = v.subtract(quarterPi, v.subtract(p, q));
  return v.copySign(v.op("abs", v.select(isSmall, small, large)), x);
}

/** pi/2 - arcsin(x), without cancellation from 0.5 on; NaN beyond 1. */
export function arccos(v: FloatLanes, x: Local): Local {
  const a = v.op("abs", x);
  const half = v.number(0.5);
  const isSmall = v.op("less", a, half);
  const t = v.select(isSmall, v.multiply(a, a), v.multiply(v.subtract(v.number(1), a), half));
  const rest = asinRest(v, t);
  const low = v.number(halfPiLow);
  const small = v.subtract(v.number(halfPiHigh), v.subtract(x, v.subtract(low, v.multiply(x, rest))));
  const root = rootParts(v, t);
  const below = v.add(root.s, v.subtract(v.multiply(rest, root.s), low));
  const negative = v.subtract(v.number(Math.PI), v.add(below, below));
  const above = v.add(root.high, v.multiplyAdd(rest, root.s, root.rest));
  const large = v.select(v.op("less", x, v.number(0)), negative, v.add(above, above));
  return v.select(isSmall, small, large);
}
