/**
 * Methods of arrays: reductions.
 * @module
 */
import { lazyOf } from "./array-base.js";
import type { AxisLike } from "./axes.js";
import { LogicMethods } from "./logic-methods.js";
import { type ReduceOptions, type Reduction, reduce } from "./reductions.js";

/** Reductions: over all axes they give a `Whole`, else a `Part`. */
export abstract class ReductionMethods<Whole, Part> extends LogicMethods {
  /**
   * The sum over an axis, a list of axes, or all. Of integers and bool it is int64, of unsigned ones
   * uint64; without axes that is a number, or a bigint beyond 2^53.
   * @example x.sum(0, { keepdims: true })
   */
  sum(): Whole;
  sum(axis: AxisLike, options?: ReduceOptions): Part;
  sum(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("sum", axis, options);
  }

  /** The product; of integers in 64 bits, which wrap around. */
  prod(): Whole;
  prod(axis: AxisLike, options?: ReduceOptions): Part;
  prod(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("prod", axis, options);
  }

  /** The mean over an axis, a list of axes, or all; NaN of no elements. */
  mean(): Whole;
  mean(axis: AxisLike, options?: ReduceOptions): Part;
  mean(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("mean", axis, options);
  }

  /** The largest element; NaN if there is one among them. */
  max(): Whole;
  max(axis: AxisLike, options?: ReduceOptions): Part;
  max(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("max", axis, options);
  }

  /** The smallest element; NaN if there is one among them. */
  min(): Whole;
  min(axis: AxisLike, options?: ReduceOptions): Part;
  min(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("min", axis, options);
  }

  /** 1 if any element is not 0, NaN included, else 0; over axes a bool array. */
  any(): Whole;
  any(axis: AxisLike, options?: ReduceOptions): Part;
  any(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("any", axis, options);
  }

  /** 1 if no element is 0, else 0; over axes a bool array. */
  all(): Whole;
  all(axis: AxisLike, options?: ReduceOptions): Part;
  all(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("all", axis, options);
  }

  /** How many elements are not 0. */
  countNonzero(): Whole;
  countNonzero(axis: AxisLike, options?: ReduceOptions): Part;
  countNonzero(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("countNonzero", axis, options);
  }

  /** The sum without NaN. */
  nansum(): Whole;
  nansum(axis: AxisLike, options?: ReduceOptions): Part;
  nansum(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("nansum", axis, options);
  }

  /** The product without NaN. */
  nanprod(): Whole;
  nanprod(axis: AxisLike, options?: ReduceOptions): Part;
  nanprod(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("nanprod", axis, options);
  }

  /** The mean without NaN; NaN if there is nothing else. */
  nanmean(): Whole;
  nanmean(axis: AxisLike, options?: ReduceOptions): Part;
  nanmean(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("nanmean", axis, options);
  }

  /** The largest element that is not NaN; NaN if there is nothing else. */
  nanmax(): Whole;
  nanmax(axis: AxisLike, options?: ReduceOptions): Part;
  nanmax(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("nanmax", axis, options);
  }

  /** The smallest element that is not NaN; NaN if there is nothing else. */
  nanmin(): Whole;
  nanmin(axis: AxisLike, options?: ReduceOptions): Part;
  nanmin(axis: AxisLike = null, options?: ReduceOptions): Whole | Part {
    return this.#reduce("nanmin", axis, options);
  }

  #reduce(reduction: Reduction, axis: AxisLike, options: ReduceOptions | undefined): Whole | Part {
    return this.derive(reduce(reduction, lazyOf(this), axis, options));
  }
}
