/**
 * A chunked array that has not been computed: what every operation takes and returns.
 * @module
 */
import type { Kept } from "../graph/index.js";
import { newKey } from "../lazy-node.js";
import type { Block } from "../memory/block.js";
import type { DType } from "../memory/dtype.js";
import type { Combine } from "./blocks/partials.js";
import type { RandomPlan } from "./blocks/random.js";
import { type Chunks, type Shape, shapeOf } from "./chunks.js";
import type { BinaryOp, UnaryOp } from "./emitter/expression.js";
import type { SlicedAxis } from "./selection.js";

/** How an array comes about. The inputs of an element-wise operation have its dtype and matching chunks. */
export type Operation =
  | { readonly kind: "blocks"; readonly blocks: readonly Block[]; readonly owner: object }
  | { readonly kind: "kept"; readonly kept: readonly Kept[] }
  | { readonly kind: "full"; readonly value: number }
  | { readonly kind: "range"; readonly start: number; readonly step: number }
  | { readonly kind: "random"; readonly plan: RandomPlan }
  | {
      readonly kind: "elementwise";
      readonly op: BinaryOp | UnaryOp | "cast";
      readonly operands: readonly (LazyArray | number)[];
    }
  | { readonly kind: "transpose"; readonly input: LazyArray; readonly order: readonly number[] }
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
  | { readonly kind: "matmul"; readonly left: LazyArray; readonly right: LazyArray }
  | BlockTask;

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
      return operation.operands.filter((operand) => typeof operand !== "number");
    case "matmul":
      return [operation.left, operation.right];
    case "task":
      return operation.fused ? [operation.fused.input, ...operation.inputs] : operation.inputs;
    case "transpose":
    case "reduce":
    case "slice":
    case "rechunk":
      return [operation.input];
    default:
      return [];
  }
}

/** The label an array was made with. */
export function labelOf({ name }: LazyArray): string {
  return name.slice(0, name.lastIndexOf("-"));
}
