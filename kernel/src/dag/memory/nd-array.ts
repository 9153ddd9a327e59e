/**
 * A computed array in ordinary memory: what `compute()` of a chunked array gives.
 * @module
 */
import { ArgumentError, DTypeError, ShapeError } from "../../errors.js";
import { displaySymbol, inspectSymbol } from "../../symbols.js";
import { type DType, dtypeOf, type ElementArray, type TypedArray } from "./dtype.js";
import { shownElement } from "./element-of.js";
import { printHtml, printText } from "./print-array.js";
import { sizeOf, stridesOf } from "./strides.js";

/** Numbers in nested lists, as deep as the array has axes; a plain number for a 0-d array. */
export type NestedNumbers = number | bigint | NestedNumbers[];

/**
 * Elements with a shape.
 *
 * `Data` is what holds them. Types cannot know it of computed arrays: those of int64 and uint64 are bigints, in a
 * BigInt64Array or BigUint64Array.
 */
export class NDArray<Data extends ElementArray = TypedArray> {
  readonly data: Data;
  readonly shape: readonly number[];
  /** elements (not bytes) between neighbours along each axis */
  readonly strides: readonly number[];
  readonly dtype: DType;

  /**
   * @param data the elements; not copied
   * @param strides default: C order
   * @param dtype default: what `data` holds; a Uint8Array may also be bool, of 0 and 1
   * @throws {ShapeError} if the shape needs more elements than there are
   * @throws {DTypeError} if `data` does not hold `dtype`
   */
  constructor(
    data: Data,
    shape: readonly number[],
    strides: readonly number[] = stridesOf(shape),
    dtype: DType = dtypeOf(data),
  ) {
    const last = shape.reduce((index, size, axis) => index + (size - 1) * strides[axis], 0);
    if (sizeOf(shape) > 0 && last >= data.length) {
      throw new ShapeError(
        `shape [${shape}] with strides [${strides}] needs ${last + 1} elements, data has ${data.length}: ` +
          "give a shape whose product is the length of data",
        { shape, strides, length: data.length },
      );
    }
    if (dtype !== dtypeOf(data) && !(dtype === "bool" && dtypeOf(data) === "uint8")) {
      throw new DTypeError(`a ${dtype} array cannot stand in ${dtypeOf(data)} elements: convert them first`, {
        dtype,
        data,
      });
    }
    this.data = data;
    this.shape = shape;
    this.strides = strides;
    this.dtype = dtype;
  }

  get ndim(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /**
   * One element; negative indices count from the end. A number, but a bigint for an integer of 64 bits beyond 2^53;
   * `data` holds all of these as bigints.
   * @throws {ShapeError} if there are not as many indices as axes, or one is out of bounds
   * @example matrix.get(0, -1)
   */
  get(...index: readonly number[]): number {
    if (index.length !== this.ndim) {
      throw new ShapeError(
        `get(${index}) has ${index.length} indices but the array has ${this.ndim} axes: give one per axis`,
        { index, shape: this.shape },
      );
    }
    let position = 0;
    for (const [axis, given] of index.entries()) {
      const size = this.shape[axis];
      const at = given < 0 ? given + size : given;
      if (!Number.isInteger(given) || at < 0 || at >= size) {
        throw new ShapeError(
          `index ${given} is out of bounds for axis ${axis} with size ${size}: use an integer from ${-size} to ${size - 1}`,
          { index, shape: this.shape },
        );
      }
      position += at * this.strides[axis];
    }
    return shownElement(this.data[position]);
  }

  /** The elements, as `get` gives them, in nested lists. */
  tolist(): NestedNumbers {
    return this.listFrom(0, 0);
  }

  private listFrom(axis: number, start: number): NestedNumbers {
    if (axis === this.ndim) return shownElement(this.data[start]);
    return Array.from({ length: this.shape[axis] }, (_, i) => this.listFrom(axis + 1, start + i * this.strides[axis]));
  }

  /** What a cell shows. */
  [displaySymbol](): Record<string, string> {
    return { "text/plain": printText(this), "text/html": printHtml(this) };
  }

  [inspectSymbol](): string {
    return printText(this);
  }

  toString(): string {
    return printText(this);
  }

  /**
   * The elements, for `${…}`.
   * @throws {ArgumentError} for arithmetic and comparison: JavaScript has no operators on arrays
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new ArgumentError(
      `an NDArray ${this.dtype} [${this.shape.join(", ")}] has no operators such as + and <: ` +
        "compute with da.fromArray(x).add(1), or with its elements in .data",
    );
  }
}
