/**
 * What functions of linear algebra ask of their arrays, and how they name blocks.
 * @module
 */
import { ChunkError, ShapeError } from "../../../errors.js";
import { newKey } from "../../lazy-node.js";
import { pickBlock } from "../block-functions.js";
import { cast } from "../elementwise.js";
import type { BlockArgument, BlockCall, LazyArray } from "../lazy-array.js";
import { inexact } from "../promotion.js";

/**
 * The array with two axes and floats.
 * @throws {ShapeError} if it has not two axes
 */
export function asMatrix(name: string, array: LazyArray): LazyArray {
  if (array.shape.length === 2) return cast(array, inexact(array.dtype));
  throw new ShapeError(`linalg.${name} of shape [${array.shape}]: give an array with two axes`, { shape: array.shape });
}

/**
 * The array as a matrix with as many rows as columns.
 * @throws {ShapeError} if it is none
 */
export function asSquare(name: string, array: LazyArray): LazyArray {
  const matrix = asMatrix(name, array);
  if (matrix.shape[0] === matrix.shape[1]) return matrix;
  throw new ShapeError(`linalg.${name} of shape [${array.shape}]: give an array with as many rows as columns`, {
    shape: array.shape,
  });
}

/** A block as an argument. */
export function block(array: LazyArray, ...index: readonly number[]): BlockArgument {
  return { kind: "block", array, index };
}

/** A value as an argument. */
export function literal(value: unknown): BlockArgument {
  return { kind: "literal", value };
}

/** Tasks that each give several blocks, one task per number. */
export interface SharedCalls {
  /** the task of one block of an array: it takes one of the blocks */
  pick(label: string, number: number, position: number): BlockCall;
  /** the same as an argument of another task */
  picked(label: string, number: number, position: number): BlockArgument;
}

/** @param call the task of a number; a run has it once, whatever asks for it */
export function sharedCalls(name: string, call: (number: number) => BlockCall): SharedCalls {
  const id = newKey(name);
  const shared = (number: number): BlockArgument => ({ kind: "shared", key: [id, number], call: call(number) });
  const pick = (label: string, number: number, position: number): BlockCall => ({
    label,
    fn: pickBlock,
    args: [shared(number), literal(position)],
  });
  const picked = (label: string, number: number, position: number): BlockArgument => ({
    kind: "shared",
    key: [`${id}-part`, number, position],
    call: pick(label, number, position),
  });
  return { pick, picked };
}

/** The error of an array that is cut along both axes where one of them must be whole. */
export function cutBothWays(name: string, { shape, chunks }: LazyArray, axes: string, cure: string): ChunkError {
  const sizes = chunks.map((axis) => axis[0]);
  return new ChunkError(
    `linalg.${name} of an array [${shape}] in blocks of [${sizes}] needs ${axes} in one block: ` +
      `rechunk first, with x.rechunk(${cure})`,
    { shape, chunks },
  );
}
