/**
 * A JavaScript function called for every element of the blocks of one position.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../../errors.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { asNumbers, type DType, type Elements, zeros } from "../../memory/dtype.js";
import { elementOf } from "../../memory/element-of.js";
import { sizeOf, stridesOf } from "../../memory/strides.js";
import { copyStrided } from "./copy.js";
import { newBlock } from "./scratch.js";

/** What the task of one block is told. */
export interface MapPlan {
  /** names the function in errors */
  readonly name: string;
  readonly dtype: DType;
  /** of the result */
  readonly shape: readonly number[];
  /** index of the first element of the block in the whole array */
  readonly origin: readonly number[];
}

type Call = (...elements: number[]) => unknown;
type Numbers = ArrayLike<number>;

/**
 * One block of results.
 * @param sources blocks that are broadcast, and numbers
 * @throws {ArgumentError} if the function gives neither a number nor a boolean
 */
export function mapElements(plan: MapPlan, fn: Call, ...sources: readonly (Block | number)[]): Block {
  const { dtype, shape } = plan;
  const near = sources.find((source) => typeof source === "object");
  return newBlock(dtype, shape, near, (output) => {
    const target: Elements = arena().elements(output);
    const call = callerOf(
      fn,
      sources.map((source) => columnOf(source, shape)),
    );
    // what a function gives for bool is true or false as JavaScript sees it
    const convert = dtype === "bool" ? (value: number) => (value ? 1 : 0) : elementOf[dtype];
    for (let i = 0; i < target.length; i++) {
      const value = call(i);
      if (typeof value !== "number" && typeof value !== "boolean") throw notNumber(plan, i, value);
      target[i] = convert(Number(value));
    }
  });
}

/** Calls the function for the element with that number. */
function callerOf(fn: Call, columns: readonly Numbers[]): (i: number) => unknown {
  const [a, b, c] = columns;
  if (columns.length === 1) return (i) => fn(a[i]);
  if (columns.length === 2) return (i) => fn(a[i], b[i]);
  if (columns.length === 3) return (i) => fn(a[i], b[i], c[i]);
  return (i) => fn(...columns.map((column) => column[i]));
}

/** One number for each element of the result. */
function columnOf(source: Block | number, shape: readonly number[]): Numbers {
  if (typeof source === "number") return new Float64Array(sizeOf(shape)).fill(source);
  const data = arena().view(source);
  if (source.shape.join() === shape.join()) return data;
  const copy = asNumbers(zeros(source.dtype, sizeOf(shape)));
  const own = stridesOf(source.shape);
  const offset = shape.length - own.length;
  const strides = shape.map((_, axis) => (axis < offset || source.shape[axis - offset] === 1 ? 0 : own[axis - offset]));
  copyStrided(shape, { data, start: 0, strides }, { data: copy, start: 0, strides: stridesOf(shape) });
  return copy;
}

function notNumber({ name, shape, origin }: MapPlan, position: number, value: unknown): ArgumentError {
  const strides = stridesOf(shape);
  const index = shape.map((size, axis) => origin[axis] + (Math.floor(position / strides[axis]) % size));
  return new ArgumentError(
    `${name} gave ${inspect(value, { depth: 0, breakLength: 80 })} for element [${index}]: ` +
      "a function of da.map gives a number or a boolean for every element",
    { index, value },
  );
}
