/**
 * Functions for float32: in its own lanes, or in float64 with the fewer terms that its digits need.
 * @module
 */
import type { FloatLanes, Local } from "./float-lanes.js";
import { simd } from "./opcodes.js";

type Unary = (v: FloatLanes, x: Local) => Local;

const ln2High = 0.693359375;
const ln2Low = -2.1219444e-4;
/** adding it rounds to an integer k; k + 254 then stands in the low bits of the sum */
const scaleMagic = 1.5 * 2 ** 23 + 254;
const logSeries = [0.66666662693, 0.40000972152, 0.28498786688, 0.24279078841];
const expSeries = [0.50000001201, 0.16666665459, 0.041665795894, 0.0083334519073, 0.0013981999507, 0.000198756915];

/**
 * e^x as 2^k e^r, with the polynomial of Cephes; less than 1.2 ulp from the exact value.
 * @see https://www.netlib.org/cephes/ (single/expf.c)
 */
function exp(v: FloatLanes, input: Local): Local {
  const x = v.clamp(input, -104, 89);
  const magic = v.number(scaleMagic);
  const shifted = v.multiplyAdd(x, v.number(Math.LOG2E), magic);
  const n = v.subtract(shifted, magic);
  const r = v.multiplyAdd(n, v.number(-ln2Low), v.multiplyAdd(n, v.number(-ln2High), x));
  const rest = v.multiplyAdd(v.multiply(r, r), v.polynomial(r, expSeries), r);
  // 2^k in two factors, as in exponential.ts; only the low 9 bits count
  const half = v.shiftRightUnsigned(shifted, 1);
  const lower = v.shiftLeft(half, 23);
  const upper = v.shiftLeft(v.integerSubtract(shifted, half), 23);
  return v.multiply(v.multiplyAdd(rest, lower, lower), upper);
}

/**
 * As `log` of float64 (logarithm.ts), with fewer terms.
 * @see https://github.com/freebsd/freebsd-src/blob/main/lib/msun/src/e_logf.c
 */
function log(v: FloatLanes, x: Local): Local {
  const shifted = v.integerAdd(x, v.bits(0x3f800000n - 0x3f3504f3n));
  const exponent = v.integerSubtract(v.shiftRightUnsigned(shifted, 23), v.bits(127n));
  const k = v.simd(simd.f32FromI32, exponent);
  const m = v.integerAdd(v.and(shifted, v.bits(0x7fffffn)), v.bits(0x3f3504f3n));
  const f = v.subtract(m, v.number(1));
  const s = v.divide(f, v.add(f, v.number(2)));
  const z = v.multiply(s, s);
  const half = v.multiply(v.multiply(v.number(0.5), f), f);
  const r = v.multiplyAdd(z, v.polynomial(z, logSeries), half);
  const low = v.multiplyAdd(s, r, v.multiply(k, v.number(9.0580006145e-6)));
  const result = v.multiplyAdd(k, v.number(0.69313812256), v.subtract(f, v.subtract(half, low)));
  const isPlain = v.and(
    v.op("greaterEqual", x, v.number(2 ** -126)),
    v.op("less", x, v.number(Number.POSITIVE_INFINITY)),
  );
  return v.hardLanes(v.not(isPlain), result, "log", x);
}

const LARGEST = 1e5;
const doubleMagic = 6755399441055744;
const sineSeries = [-0.16666666641626524, 0.008333329385889463, -0.00019839334836096632, 2.718311493989822e-6];
const cosineSeries = [-0.499999997251031, 0.04166662332373906, -0.001388676377460993, 0.000024390448796277];

/**
 * Sine or cosine in float64 lanes with polynomials for float32: r = x - n pi/2 needs no third part of pi/2.
 * @see https://github.com/freebsd/freebsd-src/blob/main/lib/msun/src/k_sinf.c, k_cosf.c
 */
function sineOrCosine(name: "sin" | "cos"): Unary {
  return (v, x) => {
    const magic = v.number(doubleMagic);
    const quadrant = v.multiplyAdd(x, v.number(2 / Math.PI), magic);
    const n = v.subtract(quadrant, magic);
    const first = v.multiplyAdd(n, v.number(-1.5707963267341256), x);
    const r = v.multiplyAdd(n, v.number(-6.077100506506192e-11), first);
    const z = v.multiply(r, r);
    const one = v.number(1);
    // a product, not r + ...: so -0 stays -0
    const sin = v.multiply(r, v.multiplyAdd(z, v.polynomial(z, sineSeries), one));
    const cos = v.multiplyAdd(z, v.polynomial(z, cosineSeries), one);
    const turn = name === "sin" ? quadrant : v.integerAdd(quadrant, v.bits(1n));
    const signed = v.xor(v.select(v.isOdd(turn), cos, sin), v.signOf(v.shiftLeft(turn, 62)));
    const hard = v.integerGreater(v.op("abs", x), v.number(LARGEST));
    return v.hardLanes(hard, signed, name, x);
  };
}

/** In four lanes of float32. */
export const singleFunctions: Readonly<Record<string, Unary | undefined>> = { exp, log };
/** In two lanes of float64, for arguments and results that are float32. */
export const shortFunctions: Readonly<Record<string, Unary | undefined>> = {
  sin: sineOrCosine("sin"),
  cos: sineOrCosine("cos"),
};
