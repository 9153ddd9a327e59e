/**
 * A chunked array that has not been computed: what every operation takes and returns.
 * @module
 */
import type { Kept, Key } from "../graph/index.js";
import { newKey } from "../lazy-node.js";
import type { Block } from "../memory/block.js";
import type { DType } from "../memory/dtype.js";
import type { RandomPlan } from "./blocks/random.js";
import { type Chunks, type Shape, shapeOf } from "./chunks.js";
import type { Combine } from "./emitter/combine.js";
import type { Op } from "./emitter/operations.js";
import type { SlicedAxis } from "./selection.js";

/** How an array comes about. The inputs of an element-wise operation have matching chunks. */
export type Operation =
  | { readonly kind: "blocks"; readonly blocks: readonly Block[]; readonly owner: object }
  | { readonly kind: "kept"; readonly kept: readonly Kept[] }
  | { readonly kind: "full"; readonly value: number | bigint }
  | { readonly kind: "range"; readonly start: number; readonly step: number }
  | { readonly kind: "random"; readonly plan: RandomPlan }
  | {
      readonly kind: "elementwise";
      readonly op: Op;
      readonly operands: readonly (LazyArray | number | bigint)[];
      /** element type of the operands that are numbers */
      readonly inputs: DType;
    }
  | {
      readonly kind: "transpose";
      readonly input: LazyArray;
      /** for each axis the axis of `input` that it is, -1 for one that `input` has not or has with size 1 */
      readonly order: readonly number[];
    }
  | {
      readonly kind: "reduce";
      readonly input: LazyArray;
      readonly combine: Combine;
      readonly axes: readonly number[];
      readonly keepdims: boolean;
      /** the result is divided by it: the number of elements for a mean, else 1 */
      readonly divisor: number;
    }
  | { readonly kind: "slice"; readonly input: LazyArray; readonly axes: readonly SlicedAxis[] }
  | { readonly kind: "rechunk"; readonly input: LazyArray }
  | {
      readonly kind: "matmul";
      readonly left: LazyArray;
      readonly right: LazyArray;
      /** the factor is the transposed of `left`, which is read where it lies */
      readonly isLeftTransposed: boolean;
      readonly isRightTransposed: boolean;
    }
  | {
      readonly kind: "call";
      readonly inputs: readonly LazyArray[];
      readonly call: (index: readonly number[]) => BlockCall;
    }
  | BlockTask
  | {
      readonly kind: "read";
      /** the call that reads a block */
      readonly read: (index: readonly number[]) => ReadCall;
      /** every kernel reads for itself: the file holds the array, so memory or the disk need not hold it as well */
      readonly isReadAnew: boolean;
    };

/** What a task of `BlockTask` may be given as arguments. */
export interface TaskSources {
  /** a block of one of `inputs` */
  block(input: LazyArray, index: readonly number[]): unknown;
  /** block `index` of the fused input: the arguments `plan, place, ...blocks` of `FusedSource` */
  fused(index: readonly number[]): readonly unknown[];
}

/**
 * One task per block, for kernels that are no formula of elements. A larger operation is several of them, one
 * array reading the blocks of another.
 */
export interface BlockTask {
  readonly kind: "task";
  /** arrays whose blocks are read */
  readonly inputs: readonly LazyArray[];
  /** computed inside the task, together with the operations before it; its elements arrive as `dtype` */
  readonly fused?: { readonly input: LazyArray; readonly dtype: DType };
  /** one of the functions of the block-functions files; it returns a block */
  readonly fn: (...args: never[]) => unknown;
  /** the arguments for the block at `index` */
  readonly argsOf: (index: readonly number[], sources: TaskSources) => readonly unknown[];
}

/** The task of one block: a function of `block-functions.ts` and what it is called with. */
export interface BlockCall {
  /** what the view calls the task */
  readonly label: string;
  readonly fn: (...args: never[]) => unknown;
  readonly args: readonly BlockArgument[];
}

/** The call that reads a block from storage. */
export interface ReadCall {
  /** what the view calls the task */
  readonly label: string;
  readonly fn: (...args: never[]) => unknown;
  readonly args: readonly unknown[];
}

/**
 * An argument: a block of an input or of the same array, what a task gives that several blocks share, a literal (also a
 * function), or what a call within the task gives, which it waits for.
 */
export type BlockArgument =
  | { readonly kind: "block"; readonly array: LazyArray; readonly index: readonly number[] }
  | { readonly kind: "shared"; readonly key: Key; readonly call: BlockCall }
  | { readonly kind: "literal"; readonly value: unknown }
  | { readonly kind: "call"; readonly call: BlockCall };

/** What an array is made of, by its blocks; the key of a block is `[name, ...index]`. */
export interface LazyArray {
  /** first part of the keys of its blocks; no two arrays share one */
  readonly name: string;
  readonly shape: Shape;
  readonly chunks: Chunks;
  readonly dtype: DType;
  readonly operation: Operation;
}

/**
 * A new array.
 * @param label what the array is called in pictures: the name of the operation
 */
export function lazyArray(label: string, chunks: Chunks, dtype: DType, operation: Operation): LazyArray {
  return { name: newKey(label), shape: shapeOf(chunks), chunks, dtype, operation };
}

/** The arrays an operation reads, in order; one that is used twice appears twice. */
export function inputsOf({ operation }: LazyArray): readonly LazyArray[] {
  switch (operation.kind) {
    case "elementwise":
      return operation.operands.filter((operand) => typeof operand === "object");
    case "matmul":
      return [operation.left, operation.right];
    case "task":
      return operation.fused ? [operation.fused.input, ...operation.inputs] : operation.inputs;
    case "transpose":
    case "reduce":
    case "slice":
    case "rechunk":
      return [operation.input];
    case "call":
      return operation.inputs;
    default:
      return [];
  }
}

/** The label an array was made with. */
export function labelOf({ name }: LazyArray): string {
  return name.slice(0, name.lastIndexOf("-"));
}
