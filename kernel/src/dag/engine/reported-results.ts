/**
 * Results of tasks as they are shown to whoever follows a run: in a form that outlives the run's own and that
 * structured clone carries.
 * @module
 */
import type { DType, TypedArray } from "../memory/dtype.js";
import { NDArray } from "../memory/nd-array.js";
import { isNDArray } from "./array-value.js";
import { errorMark, isError } from "./error-data.js";
import { type PackedValues, packValues, unpackValues } from "./packed-values.js";
import { replaceInside } from "./replace-inside.js";
import { blocksOf, decode, type Encoded, exposeBlocks, isBytes } from "./value.js";

/** A result that nobody has opened yet. */
export type ReportedValue = Encoded;

/** Results that came to the engine together. */
export interface ReportedResults {
  readonly task: readonly number[];
  /** one for each task, for `unpackValues` and `openReported` */
  readonly values: PackedValues;
}

/** An array on its way: structured clone would make a plain object of it. */
interface ArrayMark {
  readonly dagbook: "array";
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly dtype: DType;
}

/** Copies of the results of `tasks`, whose values the engine still holds. */
export function reportOf(tasks: readonly number[], values: readonly Encoded[]): ReportedResults {
  return { task: tasks, values: packValues(values.map(copied)) };
}

/** The values of a report, each by its task, still encoded. */
export function* reportedValues({ task, values }: ReportedResults): Generator<readonly [number, ReportedValue]> {
  const encoded = unpackValues(values);
  for (let i = 0; i < task.length; i++) yield [task[i], encoded[i]];
}

/** The value as the task returned it, but copied. */
export function openReported(reported: ReportedValue): unknown {
  return replaceInside(decode(reported), (inner) =>
    isArrayMark(inner) ? new NDArray(inner.data, inner.shape, inner.strides, inner.dtype) : undefined,
  );
}

function copied(encoded: Encoded): Encoded {
  // The buffer of a large result moves away with the result; spans of a message are copied when they are packed.
  if (isBytes(encoded)) return encoded.byteLength < encoded.buffer.byteLength ? encoded : encoded.slice();
  if (blocksOf(encoded).length === 0) return encoded;
  const value = replaceInside(exposeBlocks(decode(encoded)), (inner) => {
    if (isNDArray(inner)) return markOf(inner);
    return isError(inner) ? errorMark(inner) : undefined;
  });
  return { dagbook: "cloned", value, blocks: [] };
}

/** With its own elements: those of a view lie in memory that all threads share and that is used again. */
function markOf({ data, shape, strides, dtype }: NDArray): ArrayMark {
  return { dagbook: "array", data: data.slice(), shape, strides, dtype };
}

function isArrayMark(value: object): value is ArrayMark {
  return "dagbook" in value && value.dagbook === "array";
}
