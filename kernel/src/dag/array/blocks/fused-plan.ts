/**
 * What the task of a fused group is told. Plain data: it travels with every task.
 * @module
 */
import type { DType } from "../../memory/dtype.js";
import type { Combine } from "../emitter/combine.js";
import type { Expression } from "../emitter/expression.js";

/** The numbers start + i * step for the index i along one axis; of no type that holds bigints. */
export interface RangeSource {
  readonly dtype: DType;
  readonly start: number;
  readonly step: number;
}

/** What is the same for all blocks of a group. */
export interface FusedPlan {
  /** a text that only this expression has */
  readonly id: string;
  readonly expression: Expression;
  readonly scalars: readonly (number | bigint)[];
  /** the last operands, which are made in the task instead of being blocks */
  readonly ranges: readonly RangeSource[];
  /** per operand and axis of it: the axis of the group's index space it runs along, -1 if it is broadcast */
  readonly axes: readonly (readonly number[])[];
  /** reduces these axes of the index space to size 1 */
  readonly reduce: { readonly combine: Combine; readonly axes: readonly number[] } | undefined;
}

/** Position of a task in the index space of its group, in elements. */
export interface Place {
  readonly origin: readonly number[];
  readonly shape: readonly number[];
}
