/**
 * Emits the loops of a fused kernel around its expression.
 *
 * `run(job)` reads a job record (see job.ts) from memory: rows of n elements; each operand and the
 * output have a start and a step from row to row. What happens to a row depends on the sink:
 * - `store`: out[j] = expression
 * - `fold` combines a row into the one element out[0]
 * - `into` combines a row into out[j], so a row step of 0 reduces over the rows
 * @module
 */
import { type DType, itemsize } from "../../memory/dtype.js";
import { emitCast } from "./cast.js";
import { accumulatorOf, type Combine, identityOf, operationOf } from "./combine.js";
import { dtypeOfValue, type Expression, emitExpression, expensiveSteps, lanesOf } from "./expression.js";
import type { Local } from "./float-lanes.js";
import { FunctionBuilder } from "./function-builder.js";
import { jobLayout } from "./job.js";
import { emitLoad, emitLoadSplat, emitStore, emitStoreFirst, type Lanes, laneBytes, splatBytes } from "./lanes.js";
import { access, op, simd, ValueType } from "./opcodes.js";
import { emitPlain } from "./plain-operations.js";
import { wasmModule } from "./wasm-module.js";

/** What becomes of a row; see the head of this file. */
export type Sink = "store" | "fold" | "into";
/** How an operand runs along a row: element by element, or one element for the whole row. */
export type Mode = "vector" | "splat";

/** What makes one kernel different from another. */
export interface Kernel {
  readonly expression: Expression;
  readonly modes: readonly Mode[];
  readonly sink: Sink;
  /** how `fold` and `into` combine; `store` has none */
  readonly combine: Combine | undefined;
}

/** The bytes of the module of a kernel; its export `run` takes the offset of a job record. */
export function emitKernel(kernel: Kernel): Uint8Array<ArrayBuffer> {
  return wasmModule(new KernelEmitter(kernel).emit());
}

/** Code size, and with it register pressure, is what limits unrolling (measured on V8 11 and 13). */
function unrollOf(expression: Expression): number {
  const expensive = expensiveSteps(expression);
  if (expensive > 1 || expression.steps.length > 32) return 1;
  return expensive === 1 || expression.steps.length > 12 ? 2 : 4;
}

class KernelEmitter {
  private readonly f = new FunctionBuilder([ValueType.i32]);
  private readonly kernel: Kernel;
  /** element type of the expression, and of the output */
  private readonly from: DType;
  private readonly dtype: DType;
  private readonly lanes: Lanes;
  private readonly unroll: number;
  /** locals: start of each operand in this row (the output last), running position, value of splats and scalars */
  private readonly starts: readonly Local[];
  private readonly positions: readonly Local[];
  private readonly fixed = new Map<number, Local>();
  private readonly accumulators: readonly Local[];
  private readonly left = this.f.local(ValueType.i32);

  constructor(kernel: Kernel) {
    const { f } = this;
    const { expression, combine, sink } = kernel;
    this.kernel = kernel;
    this.from = dtypeOfValue(expression, expression.result);
    this.dtype = combine === undefined ? this.from : accumulatorOf(combine, this.from);
    // a vector of 16 bool would become eight of 64 bits
    this.lanes =
      itemsize(this.dtype) === 8 && this.from === "bool" && lanesOf(expression) === 16 ? 4 : lanesOf(expression);
    this.unroll = unrollOf(expression);
    const pointers = expression.operands.length + 1;
    this.starts = Array.from({ length: pointers }, () => f.local(ValueType.i32));
    this.positions = Array.from({ length: pointers }, () => f.local(ValueType.i32));
    const count = sink === "fold" ? this.unroll * this.partsOfVector : 0;
    this.accumulators = Array.from({ length: count }, () => f.local(ValueType.v128));
  }

  /** Vectors of the output that one vector of the expression becomes. */
  private get partsOfVector(): number {
    return itemsize(this.dtype) === 8 ? this.lanes / 2 : 1;
  }

  /** Lanes of a vector of the output. */
  private get outLanes(): Lanes {
    return itemsize(this.dtype) === 8 ? 2 : this.lanes;
  }

  emit(): FunctionBuilder {
    const { f, starts, left, lanes, unroll } = this;
    const { operands, scalars } = this.kernel.expression;
    const layout = jobLayout(operands.length);
    const rows = f.local(ValueType.i32);
    f.get(0).memory(access.i32Load, layout.rows).set(rows);
    for (const [i, start] of starts.entries()) f.get(0).memory(access.i32Load, layout.pointer(i)).set(start);
    for (const [i, dtype] of scalars.entries()) {
      const local = f.local(ValueType.v128);
      f.get(0);
      // the record holds a bool as a mask
      emitLoadSplat(f, dtype === "bool" ? "int32" : dtype, layout.scalar(i));
      f.set(local);
      this.fixed.set(operands.length + i, local);
    }
    for (const [i, mode] of this.kernel.modes.entries()) {
      if (mode === "splat") this.fixed.set(i, f.local(ValueType.v128));
    }
    f.while(
      () => f.get(rows),
      () => {
        this.beginRow();
        f.get(0).memory(access.i32Load, layout.n).set(left);
        this.loop(unroll * lanes, () => this.step(unroll));
        if (unroll > 1) this.loop(lanes, () => this.step(1));
        this.loop(1, () => this.tail());
        this.endRow();
        for (const [i, start] of starts.entries()) {
          f.get(start, 0).memory(access.i32Load, layout.rowStep(i)).op(op.i32Add).set(start);
        }
        f.advance(rows, -1);
      },
    );
    return f;
  }

  /** Runs `body` while `count` elements are left. */
  private loop(count: number, body: () => void): void {
    const { f, left } = this;
    f.while(
      () => f.get(left).i32(count).op(op.i32GreaterEqualSigned),
      () => {
        body();
        f.advance(left, -count);
      },
    );
  }

  private beginRow(): void {
    const { f, starts, positions } = this;
    const { operands } = this.kernel.expression;
    for (const [i, start] of starts.entries()) f.get(start).set(positions[i]);
    for (const [i, mode] of this.kernel.modes.entries()) {
      if (mode !== "splat") continue;
      f.get(starts[i]);
      emitLoadSplat(f, operands[i]);
      f.set(this.fixed.get(i)!);
    }
    for (const accumulator of this.accumulators) this.identity().set(accumulator);
  }

  /** `times` vectors of every operand. */
  private step(times: number): void {
    const { f, lanes, partsOfVector, accumulators } = this;
    for (let turn = 0; turn < times; turn++) {
      const result = this.evaluate((dtype) => emitLoad(f, dtype, lanes, turn * lanes * itemsize(dtype)));
      for (let part = 0; part < partsOfVector; part++) {
        const index = turn * partsOfVector + part;
        const value = this.partOf(result, part);
        if (accumulators.length > 0) this.accumulate(accumulators[index], value);
        else this.write(value, index * this.outLanes * itemsize(this.dtype));
      }
    }
    this.advance(times * lanes);
  }

  /** One element: it stands in every lane, the first is used. */
  private tail(): void {
    const { f, accumulators, dtype, outLanes } = this;
    const value = this.partOf(
      this.evaluate((from) => emitLoadSplat(f, from)),
      0,
    );
    if (accumulators.length > 0) {
      const first = f.local(ValueType.v128);
      f.get(value);
      this.identity().constant(new Uint8Array(16).fill(255, 0, laneBytes(dtype, outLanes)));
      f.simd(simd.bitselect).set(first);
      this.accumulate(accumulators[0], first);
    } else {
      const out = this.positions[this.positions.length - 1];
      f.get(out);
      this.combined(value, () => {
        f.get(out);
        emitLoadSplat(f, dtype);
      });
      emitStoreFirst(f, dtype);
    }
    this.advance(1);
  }

  /** Loads the operands and computes the expression; the local of the result. */
  private evaluate(load: (dtype: DType) => void): Local {
    const { f, positions, fixed } = this;
    const { operands, scalars } = this.kernel.expression;
    const values = Array.from({ length: operands.length + scalars.length }, (_, i) => {
      const known = fixed.get(i);
      if (known !== undefined) return known;
      const local = f.local(ValueType.v128);
      f.get(positions[i]);
      load(operands[i]);
      f.set(local);
      return local;
    });
    return emitExpression(f, this.kernel.expression, values, this.lanes);
  }

  /** A vector of the output's type: the value itself, or its low (0) or high (1) half in 64 bits. */
  private partOf(value: Local, part: number): Local {
    const { f, from, dtype, lanes } = this;
    if (from === dtype) return value;
    const number = from === "bool" ? "int32" : from;
    const result = f.local(ValueType.v128);
    f.get(value);
    emitCast(f, from, number, lanes);
    if (part === 1) {
      f.set(result).get(result, result).shuffle(8);
    }
    emitCast(f, number, dtype, lanes);
    f.set(result);
    return result;
  }

  /** Stores a vector, combined with what is there if the sink says so. */
  private write(value: Local, offset: number): void {
    const { f, positions, dtype, outLanes } = this;
    const out = positions[positions.length - 1];
    f.get(out);
    this.combined(value, () => {
      f.get(out);
      emitLoad(f, dtype, outLanes, offset);
    });
    emitStore(f, dtype, outLanes, offset);
  }

  /** Leaves `value`, combined with what `there` leaves if the sink combines. */
  private combined(value: Local, there: () => void): void {
    const { f } = this;
    const { combine } = this.kernel;
    if (combine === undefined) {
      f.get(value);
      return;
    }
    there();
    const old = f.local(ValueType.v128);
    f.set(old);
    emitPlain(f, operationOf[combine], this.dtype, [old, value]);
  }

  private accumulate(accumulator: Local, value: Local): void {
    this.combined(value, () => this.f.get(accumulator));
    this.f.set(accumulator);
  }

  private endRow(): void {
    const { f, accumulators, dtype, outLanes } = this;
    if (accumulators.length === 0) return;
    const [first, ...others] = accumulators;
    for (const other of others) this.accumulate(first, other);
    // lanes beyond `outLanes` are not part of the row; the others are folded by rotating them into the first
    const rotated = f.local(ValueType.v128);
    for (let shift = outLanes / 2; shift >= 1; shift /= 2) {
      f.get(first, first)
        .shuffle(shift * laneBytes(dtype, outLanes))
        .set(rotated);
      this.accumulate(first, rotated);
    }
    f.get(this.starts[this.starts.length - 1], first);
    emitStoreFirst(f, dtype);
  }

  private advance(elements: number): void {
    const { f, positions } = this;
    const { operands } = this.kernel.expression;
    for (const [i, dtype] of operands.entries()) {
      if (this.kernel.modes[i] === "vector") f.advance(positions[i], elements * itemsize(dtype));
    }
    if (this.accumulators.length === 0) f.advance(positions[operands.length], elements * itemsize(this.dtype));
  }

  /** Leaves the neutral element of the sink in every lane. */
  private identity(): FunctionBuilder {
    const { combine } = this.kernel;
    return this.f.constant(splatBytes(this.dtype, combine === undefined ? 0 : identityOf(combine, this.dtype)));
  }
}
