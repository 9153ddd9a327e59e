/**
 * Element-wise functions of `da`.
 * @module
 */
import type { OperandLike } from "./array-base.js";
import { lazyOf, unwrap } from "./array-base.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { binary, division, floatBinary, power } from "./elementwise.js";
import { compare, logical, where } from "./logic.js";

type Binary = (left: OperandLike, right: OperandLike) => ChunkedArray;

/** @throws {ArgumentError} if it is no chunked array */
function checked(array: AnyArray): AnyArray {
  lazyOf(array);
  return array;
}

/** Arithmetic, functions of analysis and rounding; those of one array are its methods, where they are described. */
export const elementwiseFunctions = {
  /** The sum of two arrays, or of an array and a number: shapes are broadcast, chunks brought together. */
  add: ((left, right) => wrap(binary("add", unwrap(left), unwrap(right)))) as Binary,
  /** @example da.subtract(1, x) */
  subtract: ((left, right) => wrap(binary("subtract", unwrap(left), unwrap(right)))) as Binary,
  /** The product of elements; of matrices it is `matmul`. */
  multiply: ((left, right) => wrap(binary("multiply", unwrap(left), unwrap(right)))) as Binary,
  /** The quotient; of integers it is float64. */
  divide: ((left, right) => wrap(binary("divide", unwrap(left), unwrap(right)))) as Binary,
  /** Elements to a power; integers need an integer exponent from 0 up. */
  power: ((base, exponent) => wrap(power(unwrap(base), unwrap(exponent)))) as Binary,
  /** The quotient rounded down, Python's //; of integers by 0 it is 0. */
  floorDivide: ((left, right) => wrap(division("floorDivide", unwrap(left), unwrap(right)))) as Binary,
  /** The remainder with the sign of the divisor, Python's %; of integers by 0 it is 0. */
  mod: ((left, right) => wrap(division("mod", unwrap(left), unwrap(right)))) as Binary,
  /** Another name of `mod`. */
  remainder: ((left, right) => wrap(division("mod", unwrap(left), unwrap(right)))) as Binary,
  /** The smaller of two elements; NaN if one is NaN. */
  minimum: ((left, right) => wrap(binary("minimum", unwrap(left), unwrap(right)))) as Binary,
  /** The larger of two elements; NaN if one is NaN. */
  maximum: ((left, right) => wrap(binary("maximum", unwrap(left), unwrap(right)))) as Binary,
  /** The smaller of two elements; the other one if one is NaN. */
  fmin: ((left, right) => wrap(binary("fmin", unwrap(left), unwrap(right)))) as Binary,
  /** The larger of two elements; the other one if one is NaN. */
  fmax: ((left, right) => wrap(binary("fmax", unwrap(left), unwrap(right)))) as Binary,
  /** The square root of x^2 + y^2, without overflow on the way. */
  hypot: ((left, right) => wrap(floatBinary("hypot", unwrap(left), unwrap(right)))) as Binary,
  /** The angle of the point (x, y), from -pi to pi; y comes first. */
  arctan2: ((left, right) => wrap(floatBinary("arctan2", unwrap(left), unwrap(right)))) as Binary,
  /** The elements with the other sign. */
  negative: (array: AnyArray) => checked(array).negative(),
  /** Absolute values. */
  abs: (array: AnyArray) => checked(array).abs(),
  /** 1, 0 or -1; NaN of NaN. */
  sign: (array: AnyArray) => checked(array).sign(),
  /** The elements times themselves. */
  square: (array: AnyArray) => checked(array).square(),
  /** 1 / x; of integers it is float64. */
  reciprocal: (array: AnyArray) => checked(array).reciprocal(),
  /** Square roots; of integers they are float64. */
  sqrt: (array: AnyArray) => checked(array).sqrt(),
  /** The next integers below. */
  floor: (array: AnyArray) => checked(array).floor(),
  /** The next integers above. */
  ceil: (array: AnyArray) => checked(array).ceil(),
  /** The elements without their fractions. */
  trunc: (array: AnyArray) => checked(array).trunc(),
  /** The nearest integers, halves to even ones. */
  rint: (array: AnyArray) => checked(array).rint(),
  /** e to the power of each element, less than 1.1 ulp from the exact value. */
  exp: (array: AnyArray) => checked(array).exp(),
  /** e^x - 1, right also close to 0. */
  expm1: (array: AnyArray) => checked(array).expm1(),
  /** Natural logarithms; NaN of negative elements, -Infinity of 0. */
  log: (array: AnyArray) => checked(array).log(),
  /** Logarithms to the base 2; see `log`. */
  log2: (array: AnyArray) => checked(array).log2(),
  /** Logarithms to the base 10; see `log`. */
  log10: (array: AnyArray) => checked(array).log10(),
  /** log(1 + x), right also close to 0. */
  log1p: (array: AnyArray) => checked(array).log1p(),
  /** Sines of angles in radians. Elements beyond 100,000 take many times as long. */
  sin: (array: AnyArray) => checked(array).sin(),
  /** Cosines of angles in radians; see `sin`. */
  cos: (array: AnyArray) => checked(array).cos(),
  /** Tangents of angles in radians; see `sin`. */
  tan: (array: AnyArray) => checked(array).tan(),
  /** Angles from -pi/2 to pi/2 with these sines; NaN beyond -1 and 1. */
  arcsin: (array: AnyArray) => checked(array).arcsin(),
  /** Angles from 0 to pi with these cosines; NaN beyond -1 and 1. */
  arccos: (array: AnyArray) => checked(array).arccos(),
  /** Angles from -pi/2 to pi/2 with these tangents. */
  arctan: (array: AnyArray) => checked(array).arctan(),
  /** Hyperbolic sines. */
  sinh: (array: AnyArray) => checked(array).sinh(),
  /** Hyperbolic cosines. */
  cosh: (array: AnyArray) => checked(array).cosh(),
  /** Hyperbolic tangents. */
  tanh: (array: AnyArray) => checked(array).tanh(),
  /** Inverse hyperbolic sines. Computed by `Math.asinh`, element by element: several times slower than `log`. */
  arcsinh: (array: AnyArray) => checked(array).arcsinh(),
  /** Inverse hyperbolic cosines; NaN below 1. Computed element by element, see `arcsinh`. */
  arccosh: (array: AnyArray) => checked(array).arccosh(),
  /** Inverse hyperbolic tangents; NaN beyond -1 and 1. Computed element by element, see `arcsinh`. */
  arctanh: (array: AnyArray) => checked(array).arctanh(),
  /** Cube roots, of negative elements too. Computed by `Math.cbrt`, element by element. */
  cbrt: (array: AnyArray) => checked(array).cbrt(),
  /** Rounded to digits after the point, halves to even digits. */
  round: (array: AnyArray, decimals?: number) => checked(array).round(decimals),
  /** The elements, but at least `low` and at most `high`; null is no bound. */
  clip: (array: AnyArray, low: OperandLike | null, high: OperandLike | null) => checked(array).clip(low, high),
} as const;

/** Comparisons and logic: their results are bool arrays, of 1 and 0. */
export const logicFunctions = {
  /** Where the elements are equal; NaN is equal to nothing. A bool array: 1 and 0. */
  equal: ((left, right) => wrap(compare("equal", unwrap(left), unwrap(right)))) as Binary,
  /** Where the elements differ. */
  notEqual: ((left, right) => wrap(compare("notEqual", unwrap(left), unwrap(right)))) as Binary,
  /** Where the first is smaller. */
  less: ((left, right) => wrap(compare("less", unwrap(left), unwrap(right)))) as Binary,
  /** Where the first is smaller or equal. */
  lessEqual: ((left, right) => wrap(compare("lessEqual", unwrap(left), unwrap(right)))) as Binary,
  /** Where the first is larger. */
  greater: ((left, right) => wrap(compare("greater", unwrap(left), unwrap(right)))) as Binary,
  /** Where the first is larger or equal. */
  greaterEqual: ((left, right) => wrap(compare("greaterEqual", unwrap(left), unwrap(right)))) as Binary,
  /** Where both are not 0. */
  logicalAnd: ((left, right) => wrap(logical("logicalAnd", unwrap(left), unwrap(right)))) as Binary,
  /** Where one of them or both are not 0. */
  logicalOr: ((left, right) => wrap(logical("logicalOr", unwrap(left), unwrap(right)))) as Binary,
  /** Where exactly one is not 0. */
  logicalXor: ((left, right) => wrap(logical("logicalXor", unwrap(left), unwrap(right)))) as Binary,
  /** Where the elements are 0. */
  logicalNot: (array: AnyArray) => checked(array).logicalNot(),
  /** Where the elements are NaN. */
  isnan: (array: AnyArray) => checked(array).isnan(),
  /** Where the elements are infinite. */
  isinf: (array: AnyArray) => checked(array).isinf(),
  /** Where the elements are neither NaN nor infinite. */
  isfinite: (array: AnyArray) => checked(array).isfinite(),
  /**
   * Elements of `a` where `condition` is not 0, of `b` where it is; two numbers make float64.
   * @throws {ShapeError} if the shapes do not fit together
   * @example da.where(x.less(0), 0, x)
   */
  where: (condition: AnyArray, a: OperandLike, b: OperandLike): ChunkedArray =>
    wrap(where(lazyOf(condition), unwrap(a), unwrap(b))),
} as const;
