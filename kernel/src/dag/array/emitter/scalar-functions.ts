/**
 * The functions of JavaScript that kernels import: for lanes that SIMD cannot do, and for functions that
 * have no SIMD form.
 * @module
 */

/** C's pow, which NumPy uses: unlike in JavaScript 1 to any power is 1, and so is -1 to infinity. */
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY)) return 1;
  return base ** exponent;
}

/** The square root of x^2 + y^2 without overflow or underflow on the way: both are scaled by a power of two. */
function hypot(x: number, y: number): number {
  const [a, b] = [Math.abs(x), Math.abs(y)];
  if (a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  const largest = Math.max(a, b);
  if (largest === 0) return 0;
  const scale = largest > 1 ? 2 ** -600 : 2 ** 600;
  return Math.sqrt((a * scale) ** 2 + (b * scale) ** 2) / scale;
}

function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}

/** @see division.ts */
function mod(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return isNegative(b) ? -0 : 0;
  return b < 0 !== rest < 0 ? rest + b : rest;
}

function fmod(a: number, b: number): number {
  return a % b;
}

/** @see division.ts */
function floorDivide(a: number, b: number): number {
  return quotientOf(a, b, (x) => x);
}

/** @see division.ts */
function singleFloorDivide(a: number, b: number): number {
  return quotientOf(a, b, Math.fround);
}

function quotientOf(a: number, b: number, round: (x: number) => number): number {
  if (b === 0) return a / b;
  const rest = a % b;
  const exact = round(round(a - rest) / b);
  const quotient = rest !== 0 && b < 0 !== rest < 0 ? round(exact - 1) : exact;
  if (quotient === 0) return isNegative(a / b) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

const { sin, cos, tan, sinh, cosh, log, log1p, log2, log10, exp, cbrt } = Math;

/** By the names under which kernels import them. */
export const scalarFunctions = {
  sin,
  cos,
  tan,
  sinh,
  cosh,
  log,
  log1p,
  log2,
  log10,
  exp,
  cbrt,
  arcsinh: Math.asinh,
  arccosh: Math.acosh,
  arctanh: Math.atanh,
  arctan2: Math.atan2,
  power,
  hypot,
  mod,
  fmod,
  floorDivide,
  singleFloorDivide,
} as const;
