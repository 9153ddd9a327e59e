/**
 * A batch in a process that shares no memory with the engine.
 * @module
 */
import { BatchRun } from "./batch-run.js";
import { isCloned, threadsOnly } from "./carried-values.js";
import type { Encoded } from "./value.js";

export class IsolatedBatchRun extends BatchRun {
  protected override encodeResult(result: unknown): Encoded {
    const encoded = super.encodeResult(result);
    if (isCloned(encoded)) throw threadsOnly("the result");
    return encoded;
  }
}
