/**
 * Methods of arrays: functions of analysis.
 *
 * All are SIMD and less than 2 ulp from the exact value, unless their text says otherwise; integers and bool give
 * float64 (NumPy: float16 for bool). Of float32 `exp` and `log` are computed in float32, the others in float64
 * and rounded once. Lanes that SIMD cannot do (NaN, infinities, subnormals, results out of range) fall back to
 * JavaScript, one by one. The last digit may differ between processors with and without fused multiply-add.
 * @module
 */

import { ArithmeticMethods } from "./arithmetic-methods.js";
import { lazyOf } from "./array-base.js";
import { float } from "./elementwise.js";

/** Functions of each element; see the head of this file for accuracy. */
export abstract class FunctionMethods extends ArithmeticMethods {
  /** e to the power of each element, less than 1.2 ulp from the exact value. */
  exp(): this {
    return this.derive(float("exp", lazyOf(this)));
  }

  /** e^x - 1, right also close to 0. */
  expm1(): this {
    return this.derive(float("expm1", lazyOf(this)));
  }

  /** Natural logarithms; NaN of negative elements, -Infinity of 0. */
  log(): this {
    return this.derive(float("log", lazyOf(this)));
  }

  /** Logarithms to the base 2; see `log`. */
  log2(): this {
    return this.derive(float("log2", lazyOf(this)));
  }

  /** Logarithms to the base 10; see `log`. */
  log10(): this {
    return this.derive(float("log10", lazyOf(this)));
  }

  /** log(1 + x), right also close to 0. */
  log1p(): this {
    return this.derive(float("log1p", lazyOf(this)));
  }

  /** Sines of angles in radians. Elements beyond 100,000 take many times as long. */
  sin(): this {
    return this.derive(float("sin", lazyOf(this)));
  }

  /** Cosines of angles in radians; see `sin`. */
  cos(): this {
    return this.derive(float("cos", lazyOf(this)));
  }

  /** Tangents of angles in radians; see `sin`. */
  tan(): this {
    return this.derive(float("tan", lazyOf(this)));
  }

  /** Angles from -pi/2 to pi/2 with these sines; NaN beyond -1 and 1. */
  arcsin(): this {
    return this.derive(float("arcsin", lazyOf(this)));
  }

  /** Angles from 0 to pi with these cosines; NaN beyond -1 and 1. */
  arccos(): this {
    return this.derive(float("arccos", lazyOf(this)));
  }

  /** Angles from -pi/2 to pi/2 with these tangents. */
  arctan(): this {
    return this.derive(float("arctan", lazyOf(this)));
  }

  /** Hyperbolic sines. */
  sinh(): this {
    return this.derive(float("sinh", lazyOf(this)));
  }

  /** Hyperbolic cosines. */
  cosh(): this {
    return this.derive(float("cosh", lazyOf(this)));
  }

  /** Hyperbolic tangents. */
  tanh(): this {
    return this.derive(float("tanh", lazyOf(this)));
  }

  /** Inverse hyperbolic sines. Computed by `Math.asinh`, element by element: several times slower than `log`. */
  arcsinh(): this {
    return this.derive(float("arcsinh", lazyOf(this)));
  }

  /** Inverse hyperbolic cosines; NaN below 1. Computed element by element, see `arcsinh`. */
  arccosh(): this {
    return this.derive(float("arccosh", lazyOf(this)));
  }

  /** Inverse hyperbolic tangents; NaN beyond -1 and 1. Computed element by element, see `arcsinh`. */
  arctanh(): this {
    return this.derive(float("arctanh", lazyOf(this)));
  }

  /** Cube roots, of negative elements too. Computed by `Math.cbrt`, element by element. */
  cbrt(): this {
    return this.derive(float("cbrt", lazyOf(this)));
  }
}
