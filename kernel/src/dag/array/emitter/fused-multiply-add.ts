/**
 * Whether this V8 has the relaxed SIMD instruction a * b + c, which rounds once where the processor can.
 *
 * It makes the functions of analysis 10 to 30 % faster. They use it only inside their approximations, so
 * that their results may differ from machine to machine in the last digit; + - * / of users never do.
 * Node 24 has it, Node 20 after a flag is set.
 * @see https://github.com/WebAssembly/relaxed-simd
 * @module
 */
import v8 from "node:v8";

/** () -> v128: f32x4.relaxed_madd of three constants */
const probe = (() => {
  const constant = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
  const body = [0, ...constant, ...constant, ...constant, 0xfd, 0x85, 0x02, 0x0b];
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0],
    ...[10, body.length + 2, 1, body.length, ...body],
  ]);
})();

function detect(): boolean {
  if (WebAssembly.validate(probe)) return true;
  v8.setFlagsFromString("--experimental-wasm-relaxed-simd");
  return WebAssembly.validate(probe);
}

export const hasFusedMultiplyAdd = detect();
