/**
 * Methods of arrays that give the same elements another shape.
 * @module
 */
import { lazyOf } from "./array-base.js";
import type { AxisLike } from "./axes.js";
import { squeeze, swapaxes } from "./axis-views.js";
import { KernelMethods } from "./kernel-methods.js";
import { ravel, reshape } from "./reshape.js";

export abstract class ShapeMethods<Whole, Part> extends KernelMethods<Whole, Part> {
  /**
   * The same elements in C order with another shape; one size may be -1, which follows from the others.
   * @throws {ShapeError} if the sizes do not hold as many elements
   * @example x.reshape([-1, 3])
   */
  reshape(shape: number | readonly number[]): Part {
    return this.derive(reshape(lazyOf(this), shape));
  }

  /** All elements in C order along one axis. */
  ravel(): Part {
    return this.derive(ravel(lazyOf(this)));
  }

  /**
   * The array without axes of size 1: all of them, or those named.
   * @throws {ShapeError} if a named axis has another size
   */
  squeeze(axis: AxisLike = null): Part {
    return this.derive(squeeze(lazyOf(this), axis));
  }

  /** The array with two axes exchanged. */
  swapaxes(first: number, second: number): Part {
    return this.derive(swapaxes(lazyOf(this), first, second));
  }
}
