/**
 * Emits the loops that draw random numbers: xoshiro256++ for bits, the ziggurat method for normals.
 * @see https://prng.di.unimi.it/xoshiro256plusplus.c (David Blackman, Sebastiano Vigna, public domain)
 * @see ziggurat.ts for the tables and the sources of the method
 * @module
 */

import { FunctionBuilder } from "./function-builder.js";
import { access, op, ValueType } from "./opcodes.js";
import { wasmModule } from "./wasm-module.js";
import { zigguratTail } from "./ziggurat.js";

/** Fills `count` float64 from `target` with offset + scale * draw; positions are in bytes. */
export type RandomFill = (
  state: number,
  tables: number,
  target: number,
  count: number,
  offset: number,
  scale: number,
) => void;

const { i32, i64, f64 } = ValueType;
// parameters, as locals
const state = 0;
const tables = 1;
const target = 2;
const count = 3;
const offset = 4;
const scale = 5;
// imports
const log = 0;
const exp = 1;
const tableBytes = 256 * 8;

/** The bytes of a module whose export `run` is a `RandomFill`. */
export function emitRandom(distribution: "normal" | "uniform"): Uint8Array<ArrayBuffer> {
  const imports = [
    { name: "log", parameters: 1 },
    { name: "exp", parameters: 1 },
  ];
  return wasmModule(new RandomEmitter().emit(distribution), imports);
}

class RandomEmitter {
  private readonly f = new FunctionBuilder([i32, i32, i32, i32, f64, f64]);
  private readonly words = Array.from({ length: 4 }, () => this.f.local(i64));
  private readonly bits = this.f.local(i64);
  private readonly shifted = this.f.local(i64);
  private readonly x = this.f.local(f64);
  private readonly y = this.f.local(f64);
  private readonly layer = this.f.local(i32);

  emit(distribution: "normal" | "uniform"): FunctionBuilder {
    const { f, words } = this;
    for (const [i, word] of words.entries())
      f.get(state)
        .memory(access.i64Load, i * 8)
        .set(word);
    f.while(
      () => f.get(count),
      () => (distribution === "uniform" ? this.uniform() : this.normal()),
    );
    return f;
  }

  private uniform(): void {
    this.unitInterval();
    this.f.set(this.x);
    this.store();
  }

  /** One try: most end at the first comparison, a rejected one draws nothing and the loop tries again. */
  private normal(): void {
    const { f, bits, layer, x } = this;
    const sign = f.local(i64);
    const position = f.local(f64);
    this.next();
    // 8 bits choose the layer, one the sign, 52 the position in the layer; what is left of 64 bits is converted as a
    // signed number, which is one instruction, unlike an unsigned one
    f.get(bits).op(op.i32WrapI64).i32(255).op(op.i32And).i32(3).op(op.i32Shl).get(tables).op(op.i32Add).set(layer);
    f.get(bits).i64(8n).op(op.i64ShiftRightUnsigned).i64(63n).op(op.i64Shl).set(sign);
    f.get(bits).i64(12n).op(op.i64ShiftRightUnsigned).op(op.f64ConvertI64).tee(position);
    f.get(layer).memory(access.f64Load, tableBytes).op(op.f64Mul).set(x);
    f.get(position).get(layer).memory(access.f64Load).op(op.f64Less);
    f.if(
      () => this.storeSigned(sign),
      () => {
        f.get(layer, tables).op(op.i32Sub);
        f.if(
          () => this.insideLayer(sign),
          () => this.tail(sign),
        );
      },
    );
  }

  /** Between the density and the edge of the layer: accepted if a random height is below the density. */
  private insideLayer(sign: number): void {
    const { f, layer, x, y } = this;
    const heights = 2 * tableBytes;
    this.unitInterval();
    f.get(layer)
      .memory(access.f64Load, heights - 8)
      .get(layer)
      .memory(access.f64Load, heights)
      .op(op.f64Sub);
    f.op(op.f64Mul).get(layer).memory(access.f64Load, heights).op(op.f64Add).set(y);
    f.get(y).get(x, x).op(op.f64Mul).f64(-0.5).op(op.f64Mul).call(exp).op(op.f64Less);
    f.if(() => this.storeSigned(sign));
  }

  /** Marsaglia's method for the tail: x = -ln(u) / r until -2 ln(v) > x^2; the result is r + x. */
  private tail(sign: number): void {
    const { f, x, y } = this;
    const pending = f.local(i32);
    f.i32(1).set(pending);
    f.while(
      () => f.get(pending),
      () => {
        this.unitInterval();
        f.op(op.f64Neg)
          .f64(1)
          .op(op.f64Add)
          .call(log)
          .f64(-1 / zigguratTail)
          .op(op.f64Mul)
          .set(x);
        this.unitInterval();
        f.op(op.f64Neg).f64(1).op(op.f64Add).call(log).f64(-2).op(op.f64Mul).set(y);
        f.get(y).get(x, x).op(op.f64Mul).op(op.f64Greater).op(op.i32Eqz).set(pending);
      },
    );
    f.get(x).f64(zigguratTail).op(op.f64Add).set(x);
    this.storeSigned(sign);
  }

  private storeSigned(sign: number): void {
    const { f, x } = this;
    f.get(x).op(op.i64ReinterpretF64).get(sign).op(op.i64Or).op(op.f64ReinterpretI64).set(x);
    this.store();
  }

  private store(): void {
    const { f, x } = this;
    f.get(target).get(x, scale).op(op.f64Mul).get(offset).op(op.f64Add).memory(access.f64Store);
    f.advance(target, 8).advance(count, -1);
  }

  /** Leaves a number from [0, 1) with 53 random bits. */
  private unitInterval(): void {
    this.next();
    const { f, bits } = this;
    f.get(bits)
      .i64(11n)
      .op(op.i64ShiftRightUnsigned)
      .op(op.f64ConvertI64)
      .f64(2 ** -53)
      .op(op.f64Mul);
  }

  /** Sets `bits` to the next 64 bits of xoshiro256++. */
  private next(): void {
    const { f, words, bits, shifted } = this;
    const [s0, s1, s2, s3] = words;
    const xorInto = (a: number, b: number) => f.get(a, b).op(op.i64Xor).set(a);
    f.get(s0, s3).op(op.i64Add).i64(23n).op(op.i64RotateLeft).get(s0).op(op.i64Add).set(bits);
    f.get(s1).i64(17n).op(op.i64Shl).set(shifted);
    xorInto(s2, s0);
    xorInto(s3, s1);
    xorInto(s1, s2);
    xorInto(s0, s3);
    xorInto(s2, shifted);
    f.get(s3).i64(45n).op(op.i64RotateLeft).set(s3);
  }
}
