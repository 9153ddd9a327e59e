/**
 * Methods of arrays: comparisons and logic. Their results are bool arrays, of 1 and 0.
 * @module
 */
import { lazyOf, type OperandLike, unwrap } from "./array-base.js";
import { FunctionMethods } from "./function-methods.js";
import { classify, compare, logical, logicalNot } from "./logic.js";

/** Questions about each element. */
export abstract class LogicMethods extends FunctionMethods {
  /** Where the elements are equal; NaN is equal to nothing. A bool array: 1 and 0. */
  equal(other: OperandLike): this {
    return this.derive(compare("equal", lazyOf(this), unwrap(other)));
  }

  /** Where the elements differ. */
  notEqual(other: OperandLike): this {
    return this.derive(compare("notEqual", lazyOf(this), unwrap(other)));
  }

  /** Where this is smaller. */
  less(other: OperandLike): this {
    return this.derive(compare("less", lazyOf(this), unwrap(other)));
  }

  /** Where this is smaller or equal. */
  lessEqual(other: OperandLike): this {
    return this.derive(compare("lessEqual", lazyOf(this), unwrap(other)));
  }

  /** Where this is larger. */
  greater(other: OperandLike): this {
    return this.derive(compare("greater", lazyOf(this), unwrap(other)));
  }

  /** Where this is larger or equal. */
  greaterEqual(other: OperandLike): this {
    return this.derive(compare("greaterEqual", lazyOf(this), unwrap(other)));
  }

  /** Where both are not 0. */
  logicalAnd(other: OperandLike): this {
    return this.derive(logical("logicalAnd", lazyOf(this), unwrap(other)));
  }

  /** Where one of them or both are not 0. */
  logicalOr(other: OperandLike): this {
    return this.derive(logical("logicalOr", lazyOf(this), unwrap(other)));
  }

  /** Where exactly one is not 0. */
  logicalXor(other: OperandLike): this {
    return this.derive(logical("logicalXor", lazyOf(this), unwrap(other)));
  }

  /** Where the elements are 0. */
  logicalNot(): this {
    return this.derive(logicalNot(lazyOf(this)));
  }

  /** Where the elements are NaN. */
  isnan(): this {
    return this.derive(classify("isnan", lazyOf(this)));
  }

  /** Where the elements are infinite. */
  isinf(): this {
    return this.derive(classify("isinf", lazyOf(this)));
  }

  /** Where the elements are neither NaN nor infinite. */
  isfinite(): this {
    return this.derive(classify("isfinite", lazyOf(this)));
  }
}
