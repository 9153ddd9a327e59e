/**
 * Element-wise functions of `da`.
 * @module
 */
import type { OperandLike } from "./array-base.js";
import { lazyOf, unwrap } from "./array-base.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { type ClosenessOptions, isclose } from "./closeness.js";
import { binary, division, floatBinary, power } from "./elementwise.js";
import { compare, logical, where } from "./logic.js";
import { reduce } from "./reductions.js";

type Binary = (left: OperandLike, right: OperandLike) => ChunkedArray;

/** @throws {ArgumentError} if it is no chunked array */
function checked<A extends AnyArray>(array: A): A {
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
  negative: <A extends AnyArray>(array: A) => checked(array).negative(),
  /** Absolute values. */
  abs: <A extends AnyArray>(array: A) => checked(array).abs(),
  /** 1, 0 or -1; NaN of NaN. */
  sign: <A extends AnyArray>(array: A) => checked(array).sign(),
  /** The elements times themselves. */
  square: <A extends AnyArray>(array: A) => checked(array).square(),
  /** 1 / x; of integers it is float64. */
  reciprocal: <A extends AnyArray>(array: A) => checked(array).reciprocal(),
  /** Square roots; of integers they are float64. */
  sqrt: <A extends AnyArray>(array: A) => checked(array).sqrt(),
  /** The next integers below. */
  floor: <A extends AnyArray>(array: A) => checked(array).floor(),
  /** The next integers above. */
  ceil: <A extends AnyArray>(array: A) => checked(array).ceil(),
  /** The elements without their fractions. */
  trunc: <A extends AnyArray>(array: A) => checked(array).trunc(),
  /** The nearest integers, halves to even ones. */
  rint: <A extends AnyArray>(array: A) => checked(array).rint(),
  /** e to the power of each element, less than 1.2 ulp from the exact value. */
  exp: <A extends AnyArray>(array: A) => checked(array).exp(),
  /** e^x - 1, right also close to 0. */
  expm1: <A extends AnyArray>(array: A) => checked(array).expm1(),
  /** Natural logarithms; NaN of negative elements, -Infinity of 0. */
  log: <A extends AnyArray>(array: A) => checked(array).log(),
  /** Logarithms to the base 2; see `log`. */
  log2: <A extends AnyArray>(array: A) => checked(array).log2(),
  /** Logarithms to the base 10; see `log`. */
  log10: <A extends AnyArray>(array: A) => checked(array).log10(),
  /** log(1 + x), right also close to 0. */
  log1p: <A extends AnyArray>(array: A) => checked(array).log1p(),
  /** Sines of angles in radians. Elements beyond 100,000 take many times as long. */
  sin: <A extends AnyArray>(array: A) => checked(array).sin(),
  /** Cosines of angles in radians; see `sin`. */
  cos: <A extends AnyArray>(array: A) => checked(array).cos(),
  /** Tangents of angles in radians; see `sin`. */
  tan: <A extends AnyArray>(array: A) => checked(array).tan(),
  /** Angles from -pi/2 to pi/2 with these sines; NaN beyond -1 and 1. */
  arcsin: <A extends AnyArray>(array: A) => checked(array).arcsin(),
  /** Angles from 0 to pi with these cosines; NaN beyond -1 and 1. */
  arccos: <A extends AnyArray>(array: A) => checked(array).arccos(),
  /** Angles from -pi/2 to pi/2 with these tangents. */
  arctan: <A extends AnyArray>(array: A) => checked(array).arctan(),
  /** Hyperbolic sines. */
  sinh: <A extends AnyArray>(array: A) => checked(array).sinh(),
  /** Hyperbolic cosines. */
  cosh: <A extends AnyArray>(array: A) => checked(array).cosh(),
  /** Hyperbolic tangents. */
  tanh: <A extends AnyArray>(array: A) => checked(array).tanh(),
  /** Inverse hyperbolic sines. Computed by `Math.asinh`, element by element: several times slower than `log`. */
  arcsinh: <A extends AnyArray>(array: A) => checked(array).arcsinh(),
  /** Inverse hyperbolic cosines; NaN below 1. Computed element by element, see `arcsinh`. */
  arccosh: <A extends AnyArray>(array: A) => checked(array).arccosh(),
  /** Inverse hyperbolic tangents; NaN beyond -1 and 1. Computed element by element, see `arcsinh`. */
  arctanh: <A extends AnyArray>(array: A) => checked(array).arctanh(),
  /** Cube roots, of negative elements too. Computed by `Math.cbrt`, element by element. */
  cbrt: <A extends AnyArray>(array: A) => checked(array).cbrt(),
  /** Rounded to digits after the point, halves to even digits. */
  round: <A extends AnyArray>(array: A, decimals?: number) => checked(array).round(decimals),
  /** The elements, but at least `low` and at most `high`; null is no bound. */
  clip: <A extends AnyArray>(array: A, low: OperandLike | null, high: OperandLike | null) =>
    checked(array).clip(low, high),
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
  logicalNot: <A extends AnyArray>(array: A) => checked(array).logicalNot(),
  /** Where the elements are NaN. */
  isnan: <A extends AnyArray>(array: A) => checked(array).isnan(),
  /** Where the elements are infinite. */
  isinf: <A extends AnyArray>(array: A) => checked(array).isinf(),
  /** Where the elements are neither NaN nor infinite. */
  isfinite: <A extends AnyArray>(array: A) => checked(array).isfinite(),
  /**
   * Elements of `a` where `condition` is not 0, of `b` where it is; two numbers make float64.
   * @throws {ShapeError} if the shapes do not fit together
   * @example da.where(x.less(0), 0, x)
   */
  where: (condition: AnyArray, a: OperandLike, b: OperandLike): ChunkedArray =>
    wrap(where(lazyOf(condition), unwrap(a), unwrap(b))),
  /** Where `a` and `b` are equal but for rounding: at most `atol + rtol * |b|` apart. */
  isclose: (a: OperandLike, b: OperandLike, options?: ClosenessOptions): ChunkedArray =>
    wrap(isclose(unwrap(a), unwrap(b), options)),
  /** 1 if `isclose` holds for all elements, else 0. */
  allclose: (a: OperandLike, b: OperandLike, options?: ClosenessOptions): ChunkedArray<number> =>
    wrap(reduce("all", isclose(unwrap(a), unwrap(b), options), null)),
} as const;
