/**
 * e^x, e^x - 1 and the hyperbolic functions of two float64 lanes.
 * @module
 */
import type { FloatLanes, Local } from "./float-lanes.js";

const ln2High = 6.931471803691238e-1;
const ln2Low = 1.9082149292705877e-10;
/** Adding 1.5 * 2^52 rounds to an integer that then stands in the low bits of the sum. */
const roundMagic = 6755399441055744;
/** 1/first!, 1/(first + step)!, ... */
function inverseFactorials(first: number, step: number, length: number): number[] {
  return Array.from({ length }, (_, i) => {
    let factorial = 1;
    for (let n = 2; n <= first + i * step; n++) factorial *= n;
    return 1 / factorial;
  });
}

/** up to 1/13!: what Taylor's series of e^r leaves out is below 2^-57 for |r| <= ln 2 / 2 */
const taylor = inverseFactorials(2, 1, 12);

/**
 * x = k ln 2 + r: n is k as a number, `high` = x - n * (the first part of ln 2). The low bits of `shifted`,
 * and of its half, are those of k and its half: magic has zeros there.
 */
function reduce(v: FloatLanes, x: Local, magicNumber = roundMagic) {
  const magic = v.number(magicNumber);
  const shifted = v.multiplyAdd(x, v.number(Math.LOG2E), magic);
  const n = v.subtract(shifted, magic);
  return { shifted, n, high: v.multiplyAdd(n, v.number(-ln2High), x) };
}

/** 2^k for an integer k from -1022 to 1023, of which only the low 12 bits count. */
function powerOfTwo(v: FloatLanes, k: Local): Local {
  return v.shiftLeft(v.integerAdd(k, v.bits(1023n)), 52);
}

/** (e^r - 1 - r) / r^2, interpolated at Chebyshev's points for |r| <= ln 2 / 2: 2^-56 from the exact value */
const expSeries = [
  0.5000000000000001, 0.16666666666666669, 0.04166666666662413, 0.008333333333330062, 0.0013888888917213717,
  0.00019841269863053618, 0.000024801521295954376, 2.7557268459997064e-6, 2.7620088445409746e-7, 2.510038549551032e-8,
];

/** so that k + 2046 stands in the low bits of x log2(e) + this: half of it is the exponent field of 2^(k/2) */
const scaleMagic = roundMagic + 2046;
/** between minus this and this the result is normal */
const NORMAL = 708;

/** e^r - 1 for |r| <= ln 2 / 2. A polynomial: in SIMD a division as in fdlibm's rational form costs more. */
function expOfRest(v: FloatLanes, n: Local, high: Local): Local {
  const r = v.multiplyAdd(n, v.number(-ln2Low), high);
  return v.multiplyAdd(v.multiply(r, r), v.polynomial(r, expSeries), r);
}

/**
 * As fdlibm's e_exp.c: x = k ln 2 + r with |r| <= ln 2 / 2, ln 2 in two parts so that k ln 2 is exact;
 * then 2^k e^r, k being added to the exponent. Less than 1.2 ulp from the exact value; NaN stays NaN.
 * @see https://www.netlib.org/fdlibm/e_exp.c (constants ln2HI, ln2LO)
 */
export function exp(v: FloatLanes, x: Local): Local {
  const { shifted, n, high } = reduce(v, x);
  const power = v.add(v.number(1), expOfRest(v, n, high));
  const usual = v.integerAdd(power, v.shiftLeft(shifted, 52));
  // as integers, so that NaN is among them
  const hard = v.integerGreater(v.op("abs", x), v.number(NORMAL));
  return v.unlessAny(hard, usual, () => expOfAny(v, x));
}

/**
 * 2^k as two factors, of the lower and the upper half of k: so results in the subnormal range are rounded once and
 * overflow is infinity.
 */
function expOfAny(v: FloatLanes, x: Local): Local {
  const { shifted, n, high } = reduce(v, v.clamp(x, -746, 710), scaleMagic);
  const rest = expOfRest(v, n, high);
  // only the low 12 bits count from here on, so the shift need not keep a sign
  const half = v.shiftRightUnsigned(shifted, 1);
  const lower = v.shiftLeft(half, 52);
  const upper = v.shiftLeft(v.integerSubtract(shifted, half), 52);
  return v.multiply(v.multiplyAdd(rest, lower, lower), upper);
}

/**
 * With e^r - 1 = p = r + small, where small has what r lost: 2^k p + (2^k - 1), or for k > 0, where p is
 * large against the result, (2^k r + (2^k - 1)) + 2^k small. All is halved so that k = 1024 does not overflow.
 * @see https://www.netlib.org/fdlibm/s_expm1.c
 */
export function expm1(v: FloatLanes, x: Local): Local {
  const { shifted, n, high } = reduce(v, v.clamp(x, -50, 710));
  const low = v.multiply(n, v.number(ln2Low));
  const r = v.subtract(high, low);
  const lost = v.subtract(v.subtract(high, r), low);
  const small = v.multiplyAdd(v.multiply(r, r), v.polynomial(r, taylor), lost);
  const scale = powerOfTwo(v, v.integerSubtract(shifted, v.bits(1n)));
  const less1 = v.subtract(scale, v.number(0.5));
  const isUp = v.op("greater", less1, v.number(0));
  const large = v.select(isUp, v.multiplyAdd(scale, r, less1), less1);
  const halved = v.multiplyAdd(scale, v.select(isUp, small, v.add(r, small)), large);
  const isTiny = v.op("less", v.op("abs", x), v.number(2 ** -54));
  return v.select(isTiny, x, v.add(halved, halved));
}

const tanhAbove = [-1614.687684417085, -99.28772310019185, -0.9643991794250523];
const tanhBelow = [4844.063053251255, 2235.4883906010045, 112.81167849163293, 1];

/**
 * Below 0.625 x + x^3 P(x^2) / Q(x^2), else 1 - 2 / (e^(2|x|) + 1).
 * @see https://www.netlib.org/cephes/ (double/tanh.c)
 */
export function tanh(v: FloatLanes, x: Local): Local {
  const a = v.op("abs", x);
  const isSmall = v.op("less", a, v.number(0.625));
  const z = v.multiply(x, x);
  const one = v.number(1);
  const above = v.select(isSmall, v.polynomial(z, tanhAbove), v.number(2));
  const below = v.select(isSmall, v.polynomial(z, tanhBelow), v.add(exp(v, v.add(a, a)), one));
  const quotient = v.divide(above, below);
  const magnitude = v.select(isSmall, v.multiplyAdd(v.multiply(a, z), quotient, a), v.subtract(one, quotient));
  return v.copySign(v.op("abs", magnitude), x);
}

/** 1/3!, 1/5!, ... up to 1/17!: the rest of the series is below 2^-56 for |x| < 1 */
const sinhSeries = inverseFactorials(3, 2, 8);

/** (e^|x| - e^-|x|) / 2; below 1 the series x + x^3 / 3! + ... */
export function sinh(v: FloatLanes, x: Local): Local {
  const a = v.op("abs", x);
  const half = v.number(0.5);
  const t = exp(v, a);
  const large = v.copySign(v.op("abs", v.subtract(v.multiply(t, half), v.divide(half, t))), x);
  const z = v.multiply(x, x);
  const small = v.multiplyAdd(v.multiply(x, z), v.polynomial(z, sinhSeries), x);
  const result = v.select(v.op("less", a, v.number(1)), small, large);
  return v.hardLanes(v.op("greater", a, v.number(709)), result, "sinh", x);
}

/** (e^|x| + e^-|x|) / 2. */
export function cosh(v: FloatLanes, x: Local): Local {
  const a = v.op("abs", x);
  const half = v.number(0.5);
  const t = exp(v, a);
  const result = v.multiplyAdd(t, half, v.divide(half, t));
  return v.hardLanes(v.op("greater", a, v.number(709)), result, "cosh", x);
}
