/**
 * A growing buffer of bytes with the number formats of the WebAssembly binary format.
 * @see https://webassembly.github.io/spec/core/binary/values.html
 * @module
 */
import { TextEncoder } from "node:util";

export class ByteWriter {
  private bytes = new Uint8Array(256);
  private used = 0;

  get length(): number {
    return this.used;
  }

  byte(value: number): this {
    this.reserve(1);
    this.bytes[this.used++] = value;
    return this;
  }

  raw(values: ArrayLike<number>): this {
    this.reserve(values.length);
    this.bytes.set(values, this.used);
    this.used += values.length;
    return this;
  }

  append(other: ByteWriter): this {
    return this.raw(other.result());
  }

  /** Unsigned LEB128. */
  unsigned(value: number): this {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest & 127) | 128);
      rest = Math.floor(rest / 128);
    }
    return this.byte(rest);
  }

  /** Signed LEB128 of up to 64 bits. */
  signed(value: bigint): this {
    let rest = value;
    for (;;) {
      const low = Number(rest & 127n);
      rest >>= 7n;
      const isLast = (rest === 0n && (low & 64) === 0) || (rest === -1n && (low & 64) !== 0);
      this.byte(isLast ? low : low | 128);
      if (isLast) return this;
    }
  }

  float64(value: number): this {
    return this.raw(new Uint8Array(new Float64Array([value]).buffer));
  }

  /** A name: its length and its characters. */
  text(value: string): this {
    return this.unsigned(value.length).raw(new TextEncoder().encode(value));
  }

  result(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.used);
  }

  private reserve(count: number): void {
    if (this.used + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.used + count));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
