/**
 * Emits the loops of a fused kernel around its expression.
 *
 * `run(job)` reads a job record (see job.ts) from memory: rows of n elements; each operand and the
 * output have a start and a step from row to row. What happens to a row depends on the sink:
 * - `store`: out[j] = expression
 * - `sum`, `max`, `min` fold a row into the one element out[0]
 * - `addTo`, `maxTo`, `minTo` combine a row into out[j], so a row step of 0 reduces over the rows
 * @module
 */
import { type DType, itemsize } from "../../memory/dtype.js";
import { dtypeOfValue, type Expression, emitExpression, expensiveSteps, lanesOf } from "./expression.js";
import { FunctionBuilder } from "./function-builder.js";
import { jobLayout } from "./job.js";
import { access, arithmetic, op, simd, ValueType } from "./opcodes.js";
import { wasmModule } from "./wasm-module.js";

/** What becomes of a row; see the head of this file. */
export type Sink = "store" | "sum" | "max" | "min" | "addTo" | "maxTo" | "minTo";
/** How an operand runs along a row: element by element, or one element for the whole row. */
export type Mode = "vector" | "splat";

/** What makes one kernel different from another. */
export interface Kernel {
  readonly expression: Expression;
  readonly modes: readonly Mode[];
  readonly sink: Sink;
}

const combineOf = {
  sum: "add",
  addTo: "add",
  max: "maximum",
  maxTo: "maximum",
  min: "minimum",
  minTo: "minimum",
} as const;

/** The bytes of the module of a kernel; its export `run` takes the offset of a job record. */
export function emitKernel(kernel: Kernel): Uint8Array<ArrayBuffer> {
  const needsPow = kernel.expression.steps.some((step) => step.op === "power");
  return wasmModule(new KernelEmitter(kernel).emit(), needsPow ? [{ name: "pow", parameters: 2 }] : []);
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
  private readonly dtype: DType;
  private readonly lanes: number;
  private readonly unroll: number;
  /** locals: start of each operand in this row (the output last), running position, value of splats and scalars */
  private readonly starts: readonly number[];
  private readonly positions: readonly number[];
  private readonly fixed = new Map<number, number>();
  private readonly accumulators: readonly number[];
  private readonly left = this.f.local(ValueType.i32);

  constructor(kernel: Kernel) {
    const { f } = this;
    const { expression } = kernel;
    this.kernel = kernel;
    this.dtype = dtypeOfValue(expression, expression.result);
    this.lanes = lanesOf(expression);
    this.unroll = unrollOf(expression);
    const pointers = expression.operands.length + 1;
    this.starts = Array.from({ length: pointers }, () => f.local(ValueType.i32));
    this.positions = Array.from({ length: pointers }, () => f.local(ValueType.i32));
    const folds = kernel.sink === "sum" || kernel.sink === "max" || kernel.sink === "min";
    this.accumulators = Array.from({ length: folds ? this.unroll : 0 }, () => f.local(ValueType.v128));
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
      f.get(0)
        .vector(dtype === "float64" ? simd.load64Splat : simd.load32Splat, layout.scalar(i))
        .set(local);
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
      f.get(starts[i]).vector(operands[i] === "float64" ? simd.load64Splat : simd.load32Splat);
      f.set(this.fixed.get(i)!);
    }
    for (const accumulator of this.accumulators) this.identity().set(accumulator);
  }

  /** `times` vectors of every operand. */
  private step(times: number): void {
    for (let turn = 0; turn < times; turn++) {
      const offset = (dtype: DType) => turn * this.lanes * itemsize(dtype);
      const result = this.evaluate((dtype) => this.loadVector(dtype, offset(dtype)));
      if (this.accumulators.length > 0) this.combine(this.accumulators[turn], () => this.f.get(result));
      else this.write(result, offset(this.dtype), (at) => this.storeVector(at));
    }
    this.advance(times * this.lanes);
  }

  /** One element, in lane 0. */
  private tail(): void {
    const { f } = this;
    const is64 = (dtype: DType) => dtype === "float64";
    const result = this.evaluate((dtype) => f.vector(is64(dtype) ? simd.load64Zero : simd.load32Zero));
    if (this.accumulators.length > 0) {
      // the other lanes hold the expression of zeros: they must not count
      this.combine(this.accumulators[0], () => {
        f.get(result);
        this.identity().constant(laneZero(this.dtype)).simd(simd.bitselect);
      });
    } else {
      this.write(result, 0, () => f.storeLane(is64(this.dtype) ? simd.store64Lane : simd.store32Lane));
    }
    this.advance(1);
  }

  /** Loads the operands and computes the expression; the local of the result. */
  private evaluate(load: (dtype: DType) => void): number {
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
    return emitExpression(f, this.kernel.expression, values);
  }

  /** Stores the result, combined with what is there if the sink says so. */
  private write(result: number, offset: number, store: (offset: number) => void): void {
    const { f, positions, dtype } = this;
    const { sink } = this.kernel;
    const out = positions[positions.length - 1];
    f.get(out);
    if (sink === "store") f.get(result);
    else f.get(out).vector(simd.load, offset).get(result).simd(arithmetic[dtype][combineOf[sink]]);
    store(offset);
  }

  private combine(accumulator: number, value: () => void): void {
    const { sink } = this.kernel;
    if (sink === "store") return;
    this.f.get(accumulator);
    value();
    this.f.simd(arithmetic[this.dtype][combineOf[sink]]).set(accumulator);
  }

  private endRow(): void {
    const { f, accumulators, dtype, lanes } = this;
    if (accumulators.length === 0) return;
    const out = this.starts[this.starts.length - 1];
    for (const other of accumulators.slice(1)) this.combine(accumulators[0], () => f.get(other));
    // lanes beyond `lanes` are not part of the row; the others are folded by rotating them into lane 0
    for (let shift = lanes / 2; shift >= 1; shift /= 2) {
      this.combine(accumulators[0], () => f.get(accumulators[0], accumulators[0]).shuffle(shift * itemsize(dtype)));
    }
    f.get(out, accumulators[0]);
    f.storeLane(dtype === "float64" ? simd.store64Lane : simd.store32Lane);
  }

  private advance(elements: number): void {
    const { f, positions } = this;
    const { operands } = this.kernel.expression;
    for (const [i, dtype] of operands.entries()) {
      if (this.kernel.modes[i] === "vector") f.advance(positions[i], elements * itemsize(dtype));
    }
    if (this.accumulators.length === 0) f.advance(positions[operands.length], elements * itemsize(this.dtype));
  }

  private loadVector(dtype: DType, offset: number): void {
    this.f.vector(this.lanes === 2 && dtype !== "float64" ? simd.load64Zero : simd.load, offset);
  }

  private storeVector(offset: number): void {
    if (this.lanes === 2 && this.dtype !== "float64") this.f.storeLane(simd.store64Lane, offset);
    else this.f.vector(simd.store, offset);
  }

  /** Leaves the neutral element of the sink in every lane. */
  private identity(): FunctionBuilder {
    const { sink } = this.kernel;
    return this.f.constant(splatBytes(this.dtype, identityOf(sink, this.dtype)));
  }
}

/** The value that changes nothing when it is combined. */
export function identityOf(sink: Sink, dtype: DType): number {
  const combine = sink === "store" ? "add" : combineOf[sink];
  if (combine === "add") return 0;
  if (dtype === "int32") return combine === "maximum" ? -(2 ** 31) : 2 ** 31 - 1;
  return combine === "maximum" ? -Infinity : Infinity;
}

function splatBytes(dtype: DType, value: number): Uint8Array {
  if (dtype === "float64") return new Uint8Array(new Float64Array([value, value]).buffer);
  if (dtype === "float32") return new Uint8Array(new Float32Array(4).fill(value).buffer);
  return new Uint8Array(new Int32Array(4).fill(value).buffer);
}

/** All bits set in lane 0. */
function laneZero(dtype: DType): Uint8Array {
  return new Uint8Array(16).fill(255, 0, itemsize(dtype));
}
