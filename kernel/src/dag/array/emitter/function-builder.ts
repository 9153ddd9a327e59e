/**
 * Writes the body of one WebAssembly function.
 * @module
 */
import { ByteWriter } from "./byte-writer.js";
import { op, simd, ValueType } from "./opcodes.js";

/** Anything that writes instructions. */
export type Emit = () => void;

/** A function of JavaScript on float64 numbers; it is function number `index in the list` for `call`. */
export interface ImportedFunction {
  readonly name: string;
  readonly parameters: number;
}

/** A function while it is written; the methods append instructions and return the builder. */
export class FunctionBuilder {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
  /** constants that the module must define as mutable globals, in this order */
  readonly globals: Uint8Array[] = [];
  /** functions that the module must import, in this order */
  readonly imports: ImportedFunction[] = [];
  private readonly locals: ValueType[] = [];
  private readonly code = new ByteWriter();
  private readonly constants = new Map<string, number>();

  constructor(params: readonly ValueType[], results: readonly ValueType[] = []) {
    this.params = params;
    this.results = results;
  }

  /** A new local variable; its index. */
  local(type: ValueType): number {
    this.locals.push(type);
    return this.params.length + this.locals.length - 1;
  }

  get(...locals: readonly number[]): this {
    for (const local of locals) this.code.byte(0x20).unsigned(local);
    return this;
  }

  set(local: number): this {
    this.code.byte(0x21).unsigned(local);
    return this;
  }

  tee(local: number): this {
    this.code.byte(0x22).unsigned(local);
    return this;
  }

  i32(value: number): this {
    this.code.byte(0x41).signed(BigInt(value));
    return this;
  }

  i64(value: bigint): this {
    this.code.byte(0x42).signed(BigInt.asIntN(64, value));
    return this;
  }

  f64(value: number): this {
    this.code.byte(0x44).float64(value);
    return this;
  }

  op(...codes: readonly number[]): this {
    this.code.raw(codes);
    return this;
  }

  call(imported: number): this {
    this.code.byte(op.call).unsigned(imported);
    return this;
  }

  simd(code: number): this {
    this.code.byte(0xfd).unsigned(code);
    return this;
  }

  /** A scalar load or store; `access` of opcodes.ts. */
  memory([code, align]: readonly [number, number], offset = 0): this {
    this.code.byte(code).unsigned(align).unsigned(offset);
    return this;
  }

  /** Calls a function of scalar-functions.ts; its arguments are on the stack. */
  callScalar(name: string, parameters: number): this {
    const known = this.imports.findIndex((imported) => imported.name === name);
    return this.call(known >= 0 ? known : this.imports.push({ name, parameters }) - 1);
  }

  /** A SIMD load or store. Alignment is a hint only, which V8 ignores; 0 is right for every element type. */
  vector(code: number, offset = 0): this {
    this.simd(code);
    this.code.unsigned(0).unsigned(offset);
    return this;
  }

  /** A SIMD store of lane 0. */
  storeLane(code: number, offset = 0): this {
    this.vector(code, offset);
    this.code.byte(0);
    return this;
  }

  lane(code: number, lane: number): this {
    this.simd(code);
    this.code.byte(lane);
    return this;
  }

  /** Takes two vectors; leaves the 16 bytes that start at byte `from` of the first followed by the second. */
  shuffle(from: number): this {
    return this.shuffleBytes(Array.from({ length: 16 }, (_, i) => from + i));
  }

  /** Takes two vectors; leaves these 16 of their 32 bytes. */
  shuffleBytes(bytes: readonly number[]): this {
    this.simd(simd.shuffle);
    this.code.raw(bytes);
    return this;
  }

  /**
   * The 16 bytes `value` as a v128. It is kept in a mutable global and read into a local before the
   * loops: V8 of Node 24 builds every v128.const anew inside a loop, which is 1.5 to 2 times slower.
   */
  constant(value: Uint8Array): this {
    return this.get(this.constantLocal(value));
  }

  /** The local that holds a constant; see `constant`. */
  constantLocal(value: Uint8Array): number {
    const id = value.join();
    let local = this.constants.get(id);
    if (local === undefined) {
      local = this.local(ValueType.v128);
      this.constants.set(id, local);
      this.globals.push(value);
    }
    return local;
  }

  /** Repeats `body` while `condition` leaves a number other than 0. */
  while(condition: Emit, body: Emit): this {
    this.code.byte(0x02).byte(0x40).byte(0x03).byte(0x40);
    condition();
    this.op(op.i32Eqz).leaveIf();
    body();
    this.code.byte(0x0c).unsigned(0).byte(0x0b).byte(0x0b);
    return this;
  }

  /** Ends the `while` in whose body it stands, outside of an `if`, if the top of the stack is not 0. */
  leaveIf(): this {
    this.code.byte(0x0d).unsigned(1);
    return this;
  }

  /** Runs `then` if the top of the stack is not 0. */
  if(then: Emit, otherwise?: Emit): this {
    this.code.byte(0x04).byte(0x40);
    then();
    if (otherwise) {
      this.code.byte(0x05);
      otherwise();
    }
    this.code.byte(0x0b);
    return this;
  }

  /** local += amount */
  advance(local: number, amount: number): this {
    return this.get(local).i32(amount).op(op.i32Add).set(local);
  }

  /** The body as it stands in the code section. */
  body(): Uint8Array {
    const body = new ByteWriter().unsigned(this.locals.length);
    for (const type of this.locals) body.unsigned(1).byte(type);
    for (const [index, local] of [...this.constants.values()].entries()) {
      body.byte(0x23).unsigned(index).byte(0x21).unsigned(local);
    }
    return body.append(this.code).byte(0x0b).result();
  }
}

/** Writes a v128.const, for the initial value of a global. */
export function writeConstant(writer: ByteWriter, value: Uint8Array): void {
  writer.byte(0xfd).unsigned(simd.constant).raw(value);
}
