/**
 * Methods of arrays: spread, cumulative sums, order, choice of elements.
 * @module
 */
import { type HasLazyArray, isChunked, lazyOf, type OperandLike, unwrap } from "./array-base.js";
import { assign } from "./assign.js";
import type { AxisLike } from "./axes.js";
import { type Condition, compress } from "./compress.js";
import { cumulate } from "./cumulative.js";
import type { LazyArray } from "./lazy-array.js";
import { type MomentOptions, standardDeviation, variance } from "./moments.js";
import { dot } from "./products.js";
import { ReductionMethods } from "./reduction-methods.js";
import type { SliceItem } from "./selection.js";
import { sort } from "./sort.js";
import { type Indices, take } from "./take.js";
import { argExtreme, argtopk, topk } from "./top-k.js";

/** Over all axes they give a `Whole`, else a `Part`. */
export abstract class KernelMethods<Whole, Part> extends ReductionMethods<Whole, Part> {
  /** The variance over an axis, a list of axes, or all. */
  var(): Whole;
  var(axis: AxisLike, options?: MomentOptions): Part;
  var(axis: AxisLike = null, options?: MomentOptions): Whole | Part {
    return this.derive(variance(lazyOf(this), axis, options));
  }

  /**
   * The standard deviation over an axis, a list of axes, or all.
   * @example x.std(0, { ddof: 1 })
   */
  std(): Whole;
  std(axis: AxisLike, options?: MomentOptions): Part;
  std(axis: AxisLike = null, options?: MomentOptions): Whole | Part {
    return this.derive(standardDeviation(lazyOf(this), axis, options));
  }

  /** Cumulative sums along an axis; of an array with one axis it may be left out. */
  cumsum(axis?: number | null): Part {
    return this.derive(cumulate("cumsum", lazyOf(this), axis));
  }

  /** Cumulative products along an axis. */
  cumprod(axis?: number | null): Part {
    return this.derive(cumulate("cumprod", lazyOf(this), axis));
  }

  /** The k largest elements along an axis (default the last), descending; of a negative k the smallest, ascending. */
  topk(k: number, axis?: number): Part {
    return this.derive(topk(lazyOf(this), k, axis));
  }

  /** Where the elements of `topk` are along the axis. */
  argtopk(k: number, axis?: number): Part {
    return this.derive(argtopk(lazyOf(this), k, axis));
  }

  /** Where the largest element is, along an axis or in C order of all; the first NaN if there is one. */
  argmax(): Whole;
  argmax(axis: number | null): Part;
  argmax(axis: number | null = null): Whole | Part {
    return this.derive(argExtreme("argmax", lazyOf(this), axis));
  }

  /** Where the smallest element is, along an axis or in C order of all; the first NaN if there is one. */
  argmin(): Whole;
  argmin(axis: number | null): Part;
  argmin(axis: number | null = null): Whole | Part {
    return this.derive(argExtreme("argmin", lazyOf(this), axis));
  }

  /** A new array with the elements in ascending order along an axis (default the last), NaN last. */
  sort(axis?: number): Part {
    return this.derive(sort(lazyOf(this), axis));
  }

  /**
   * The elements whose condition is not 0: `x[condition]` in NumPy. The sizes of its blocks are known when it is
   * computed, or after `da.computeChunkSizes`.
   * @throws {ShapeError} if the condition does not fit
   * @example x.compress(x.greater(0))
   */
  compress(condition: HasLazyArray | Exclude<Condition, LazyArray>, axis?: number): Part {
    return this.derive(compress(lazyOf(this), isChunked(condition) ? lazyOf(condition) : condition, axis));
  }

  /**
   * A new array with `value` where a condition is true, or at the places of a slice: `x[where] = value` in NumPy.
   * @throws {ShapeError} if condition or value do not broadcast to the places
   * @throws {DTypeError} if a number is beyond the element type
   * @example x.assign(x.greater(7), 0); x.assign("2:5", -1); x.assign([0, slice(2, 9)], y)
   */
  assign(where: HasLazyArray | SliceItem | readonly SliceItem[], value: OperandLike): this {
    return this.derive(assign(lazyOf(this), isChunked(where) ? lazyOf(where) : where, unwrap(value)));
  }

  /**
   * The elements at a list of positions along an axis (default 0), in the order of the list.
   * @throws {ShapeError} if an index is out of bounds
   */
  take(indices: Indices, axis?: number): Part {
    return this.derive(take(lazyOf(this), indices, axis));
  }

  /**
   * The product with a vector or a matrix, as NumPy's `dot`.
   * @throws {ShapeError} if the sizes do not fit together
   */
  dot(other: HasLazyArray): Part {
    return this.derive(dot(lazyOf(this), lazyOf(other)));
  }
}
