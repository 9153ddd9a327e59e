/**
 * Emits the loop that transposes a rectangle: squares of one vector by one vector are turned in registers, so that
 * both sides are read and written in whole vectors.
 * @module
 */
import { FunctionBuilder } from "./function-builder.js";
import { op, simd, ValueType } from "./opcodes.js";
import { wasmModule } from "./wasm-module.js";

/**
 * Copies element (r, c) from `source + r * size + c * sourceStep` to `target + r * targetStep + c * size`.
 * Rows and columns must be multiples of `squareSide`; everything but these is in bytes.
 */
export type TransposeRectangle = (
  rows: number,
  columns: number,
  source: number,
  target: number,
  sourceStep: number,
  targetStep: number,
) => void;

/** Rows and columns of a square: the elements of a vector. @param size bytes of an element */
export function squareSide(size: number): number {
  return 16 / size;
}

const { i32, v128 } = ValueType;
// parameters, as locals
const [rows, columns, source, target, sourceStep, targetStep] = [0, 1, 2, 3, 4, 5];

/**
 * The bytes of a module whose export `run` is a `TransposeRectangle`.
 * @param size bytes of an element: 4 or 8
 */
export function emitTranspose(size: number): Uint8Array<ArrayBuffer> {
  const f = new FunctionBuilder([i32, i32, i32, i32, i32, i32]);
  const side = squareSide(size);
  const [left, from, to, line] = [f.local(i32), f.local(i32), f.local(i32), f.local(i32)];
  const vectors = Array.from({ length: side }, () => f.local(v128));
  const add = (local: number, step: number) => f.get(local, step).op(op.i32Add).set(local);
  const whileLeft = (count: number, body: () => void) => f.while(() => f.get(count), body);
  whileLeft(rows, () => {
    f.get(source).set(from).get(target).set(to).get(columns).set(left);
    whileLeft(left, () => {
      for (const vector of vectors) {
        f.get(from).vector(simd.load).set(vector);
        add(from, sourceStep);
      }
      f.get(to).set(line);
      for (const turned of turnSquare(f, vectors, size)) {
        f.get(line, turned).vector(simd.store);
        add(line, targetStep);
      }
      f.advance(to, 16).advance(left, -side);
    });
    f.advance(source, 16);
    for (let i = 0; i < side; i++) add(target, targetStep);
    f.advance(rows, -side);
  });
  return wasmModule(f);
}

/** Transposes a square that stands in vectors: pairs of vectors are interleaved until each holds one row. */
function turnSquare(f: FunctionBuilder, vectors: readonly number[], size: number): readonly number[] {
  let current = vectors;
  for (let width = size; width < 16; width *= 2) {
    const next: number[] = [];
    const half = current.length / 2;
    for (let i = 0; i < half; i++) {
      for (const start of [0, 8]) {
        const interleaved = f.local(v128);
        f.get(current[i], current[i + half]).simd(simd.shuffle);
        for (let at = 0; at < 16; at++) {
          const unit = Math.floor(at / size);
          f.op((unit % 2) * 16 + start + Math.floor(unit / 2) * size + (at % size));
        }
        f.set(interleaved);
        next.push(interleaved);
      }
    }
    current = next;
  }
  return current;
}
