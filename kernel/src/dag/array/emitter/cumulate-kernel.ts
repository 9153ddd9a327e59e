/**
 * Emits the loop that cumulates integers of 64 bits, which JavaScript would do with a bigint for every element.
 * @module
 */
import { FunctionBuilder } from "./function-builder.js";
import { access, op, ValueType } from "./opcodes.js";
import { wasmModule } from "./wasm-module.js";

/**
 * Combines each of `count` elements from `source` on with the element at `line`, which becomes the result, and writes
 * that to `target` as well. After an element `line` goes on by `lineStep` and `target` by `targetStep`; all in bytes.
 */
export type CumulateLongs = (
  source: number,
  line: number,
  target: number,
  count: number,
  lineStep: number,
  targetStep: number,
) => void;

/** The bytes of a module whose export `run` is a `CumulateLongs`. */
export function emitCumulateLongs(operation: "add" | "multiply"): Uint8Array<ArrayBuffer> {
  const { i32, i64 } = ValueType;
  const f = new FunctionBuilder([i32, i32, i32, i32, i32, i32]);
  const [source, line, target, count, lineStep, targetStep] = [0, 1, 2, 3, 4, 5];
  const value = f.local(i64);
  f.while(
    () => f.get(count),
    () => {
      f.get(line).memory(access.i64Load).get(source).memory(access.i64Load);
      f.op(operation === "add" ? op.i64Add : op.i64Mul).set(value);
      f.get(line, value).memory(access.i64Store).get(target, value).memory(access.i64Store);
      f.advance(source, 8).advance(count, -1);
      f.get(line, lineStep).op(op.i32Add).set(line);
      f.get(target, targetStep).op(op.i32Add).set(target);
    },
  );
  return wasmModule(f);
}
