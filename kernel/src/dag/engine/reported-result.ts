/**
 * Results that a task shows to whoever watches its run, as soon as they are there.
 * @module
 */
import { BroadcastChannel } from "node:worker_threads";
import { builtFile } from "../../built-file.js";
import { moduleFunction } from "../functions/module-function.js";
import { isBlock } from "../memory/block.js";
import type { TypedArray } from "../memory/dtype.js";
import { NDArray } from "../memory/nd-array.js";
import { isNDArray } from "./array-value.js";
import { errorMark, errorOf, isError, isErrorMark } from "./error-data.js";
import { replaceInside } from "./replace-inside.js";
import { exposeBlocks } from "./value.js";

/** What comes through the channel. */
export interface ReportedResult {
  readonly key: string;
  /** for `openReported` */
  readonly value: unknown;
}

/** An array on its way: structured clone would make a plain object of it. */
interface ArrayMark {
  readonly dagbook: "array";
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/**
 * Sends a copy of the value to every listener of the channel and returns the value itself. In place of
 * what cannot be copied goes the error that says so.
 * @param channel name of a BroadcastChannel
 */
export function reportResult(channel: string, key: string, value: unknown): unknown {
  const copy = replaceInside(exposeBlocks(value), (inner) => {
    if (isNDArray(inner)) return markOf(inner);
    return isError(inner) ? errorMark(inner) : undefined;
  });
  // Not kept open: every message would also queue up at the channels of all other workers.
  const sender = new BroadcastChannel(channel);
  try {
    sender.postMessage({ key, value: copy } satisfies ReportedResult);
  } catch (error) {
    sender.postMessage({ key, value: errorMark(error as Error) } satisfies ReportedResult);
  } finally {
    sender.close();
  }
  return value;
}

/** The value as the task returned it, but copied. */
export function openReported({ value }: ReportedResult): unknown {
  return replaceInside(value, (inner) => {
    if (isArrayMark(inner)) return new NDArray(inner.data, inner.shape, inner.strides);
    return isErrorMark(inner) ? errorOf(inner.error) : undefined;
  });
}

/** With its own elements: those of a view lie in memory that all threads share and that is used again. */
function markOf({ data, shape, strides }: NDArray): ArrayMark {
  return { dagbook: "array", data: data.slice(), shape, strides };
}

function isArrayMark(value: object): value is ArrayMark {
  return "dagbook" in value && value.dagbook === "array" && !isBlock(value);
}

// Its worker loads this file, not the whole package; as a module's function it gets blocks as they are.
moduleFunction(reportResult, builtFile(import.meta.url, "./reported-result.js").href, "reportResult");
