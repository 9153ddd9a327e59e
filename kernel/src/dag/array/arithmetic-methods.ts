/**
 * Methods of arrays: arithmetic and rounding.
 * @module
 */
import type { DType } from "../memory/dtype.js";
import { ArrayBase, lazyOf, type OperandLike, unwrap } from "./array-base.js";
import { binary, cast, clip, division, floatBinary, plain, power, round, rounding, square } from "./elementwise.js";

/** Element-wise operations: new arrays at once, nothing is computed. */
export abstract class ArithmeticMethods extends ArrayBase {
  /**
   * The sum; shapes are broadcast as in NumPy, chunks brought together.
   * @throws {ShapeError} if the shapes do not fit together
   */
  add(other: OperandLike): this {
    return this.derive(binary("add", lazyOf(this), unwrap(other)));
  }

  /** The difference; see `add`. */
  subtract(other: OperandLike): this {
    return this.derive(binary("subtract", lazyOf(this), unwrap(other)));
  }

  /** The product of elements; see `add`. */
  multiply(other: OperandLike): this {
    return this.derive(binary("multiply", lazyOf(this), unwrap(other)));
  }

  /** The quotient; of integers it is float64. */
  divide(other: OperandLike): this {
    return this.derive(binary("divide", lazyOf(this), unwrap(other)));
  }

  /** The quotient rounded down, Python's //; of integers by 0 it is 0. */
  floorDivide(other: OperandLike): this {
    return this.derive(division("floorDivide", lazyOf(this), unwrap(other)));
  }

  /** The remainder with the sign of the divisor, Python's %; of integers by 0 it is 0. */
  mod(other: OperandLike): this {
    return this.derive(division("mod", lazyOf(this), unwrap(other)));
  }

  /** Another name of `mod`. */
  remainder(other: OperandLike): this {
    return this.mod(other);
  }

  /** Elements to a power, less than 1 ulp from the exact value; integers need an integer exponent from 0 up. */
  power(exponent: OperandLike): this {
    return this.derive(power(lazyOf(this), unwrap(exponent)));
  }

  /** The elements times themselves. */
  square(): this {
    return this.derive(square(lazyOf(this)));
  }

  /** 1 / x; of integers it is float64 (NumPy: 0 for all but 1 and -1). */
  reciprocal(): this {
    return this.derive(binary("divide", 1, lazyOf(this)));
  }

  /** The elements with the other sign. */
  negative(): this {
    return this.derive(plain("negative", lazyOf(this)));
  }

  /** Absolute values. */
  abs(): this {
    return this.derive(plain("abs", lazyOf(this)));
  }

  /** 1, 0 or -1; NaN of NaN. */
  sign(): this {
    return this.derive(plain("sign", lazyOf(this)));
  }

  /** Square roots; of integers they are float64. */
  sqrt(): this {
    return this.derive(rounding("sqrt", lazyOf(this)));
  }

  /** The next integers below. */
  floor(): this {
    return this.derive(rounding("floor", lazyOf(this)));
  }

  /** The next integers above. */
  ceil(): this {
    return this.derive(rounding("ceil", lazyOf(this)));
  }

  /** The elements without their fractions. */
  trunc(): this {
    return this.derive(rounding("trunc", lazyOf(this)));
  }

  /** The nearest integers, halves to even ones; float64 of integers. */
  rint(): this {
    return this.derive(rounding("rint", lazyOf(this)));
  }

  /**
   * Rounded to digits after the point (before it, if negative), halves to even digits.
   * @throws {ArgumentError} if `decimals` is no integer
   */
  round(decimals = 0): this {
    return this.derive(round(lazyOf(this), decimals));
  }

  /** The smaller of two elements; NaN if one is NaN. */
  minimum(other: OperandLike): this {
    return this.derive(binary("minimum", lazyOf(this), unwrap(other)));
  }

  /** The larger of two elements; NaN if one is NaN. */
  maximum(other: OperandLike): this {
    return this.derive(binary("maximum", lazyOf(this), unwrap(other)));
  }

  /** The smaller of two elements; the other one if one is NaN. */
  fmin(other: OperandLike): this {
    return this.derive(binary("fmin", lazyOf(this), unwrap(other)));
  }

  /** The larger of two elements; the other one if one is NaN. */
  fmax(other: OperandLike): this {
    return this.derive(binary("fmax", lazyOf(this), unwrap(other)));
  }

  /**
   * The elements, but at least `low` and at most `high`; null is no bound.
   * @throws {ArgumentError} if both are null
   * @example x.clip(0, 1); x.clip(null, limits)
   */
  clip(low: OperandLike | null, high: OperandLike | null): this {
    return this.derive(clip(lazyOf(this), low === null ? null : unwrap(low), high === null ? null : unwrap(high)));
  }

  /** The square root of x^2 + y^2, without overflow on the way. */
  hypot(other: OperandLike): this {
    return this.derive(floatBinary("hypot", lazyOf(this), unwrap(other)));
  }

  /** The angle of the point (x, y), from -pi to pi; this array is y. */
  arctan2(x: OperandLike): this {
    return this.derive(floatBinary("arctan2", lazyOf(this), unwrap(x)));
  }

  /**
   * The same numbers as another element type; to integers the fraction is cut off, to bool it is `!= 0`. Integers beyond
   * the type wrap around, as in NumPy; so do floats as far as int32 (for wider types int64) reaches, NaN is 0.
   * @throws {DTypeError} if the type is unknown
   */
  astype(dtype: DType): this {
    return this.derive(cast(lazyOf(this), dtype));
  }
}
