/**
 * Codes of the WebAssembly instructions that kernels use.
 * @see https://webassembly.github.io/spec/core/binary/instructions.html
 * @module
 */
import type { DType } from "../../memory/dtype.js";

/** Types of locals, parameters and results. */
export const ValueType = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = (typeof ValueType)[keyof typeof ValueType];

/** Instructions of one byte. */
export const op = {
  call: 0x10,
  i32Eqz: 0x45,
  i32GreaterEqualSigned: 0x4e,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32And: 0x71,
  i32Shl: 0x74,
  i32WrapI64: 0xa7,
  i64Add: 0x7c,
  i64Or: 0x84,
  i64Xor: 0x85,
  i64Shl: 0x86,
  i64ShiftRightUnsigned: 0x88,
  i64RotateLeft: 0x89,
  f64Less: 0x63,
  f64Greater: 0x64,
  f64Neg: 0x9a,
  f64Add: 0xa0,
  f64Sub: 0xa1,
  f64Mul: 0xa2,
  f64ConvertI64Unsigned: 0xba,
  f64ReinterpretI64: 0xbf,
  i64ReinterpretF64: 0xbd,
  select: 0x1b,
  i32NotEqual: 0x47,
  i32LessUnsigned: 0x49,
  i32GreaterUnsigned: 0x4b,
  i32LessEqualUnsigned: 0x4d,
  i64LessUnsigned: 0x54,
  i64GreaterUnsigned: 0x56,
  i64ExtendI32: 0xad,
  i64And: 0x83,
  i32TruncateF64: 0xaa,
  f32DemoteF64: 0xb6,
  f32NotEqual: 0x5c,
  f32LessEqual: 0x5f,
  f64NotEqual: 0x62,
  f64LessEqual: 0x65,
  i32LessEqualSigned: 0x4c,
  i32Or: 0x72,
  i32Xor: 0x73,
  i32ShiftRightSigned: 0x75,
  i32ShiftRightUnsigned: 0x76,
  i64ShiftRightSigned: 0x87,
  f32ReinterpretI32: 0xbe,
} as const;

/** Loads and stores: code and the alignment hint as a power of two. */
export const access = {
  i32Load: [0x28, 2],
  i64Load: [0x29, 3],
  f64Load: [0x2b, 3],
  f64Store: [0x39, 3],
  f32Load: [0x2a, 2],
  f32Store: [0x38, 2],
  i32Store: [0x36, 2],
  i64Store: [0x37, 3],
} as const;

/** Codes after the SIMD prefix 0xfd. */
export const simd = {
  load: 0x00,
  load32Splat: 0x09,
  load64Splat: 0x0a,
  load32Zero: 0x5c,
  load64Zero: 0x5d,
  store: 0x0b,
  store32Lane: 0x5a,
  store64Lane: 0x5b,
  constant: 0x0c,
  shuffle: 0x0d,
  bitselect: 0x52,
  f64FromF32: 0x5f,
  f32FromF64: 0x5e,
  f64FromI32: 0xfe,
  i32FromF64: 0xfc,
  f32FromI32: 0xfa,
  i32FromF32: 0xf8,
  f64Splat: 0x14,
  f64Extract: 0x21,
  f64Replace: 0x22,
  f64PseudoMin: 0xf6,
  f64PseudoMax: 0xf7,
  i64ShiftLeft: 0xcb,
  i64ShiftRight: 0xcc,
  i64Add: 0xce,
  i64Sub: 0xd1,
  and: 0x4e,
} as const;

/** Lane-wise arithmetic of each element type. */
export const arithmetic = {
  float64: {
    abs: 0xec,
    negative: 0xed,
    sqrt: 0xef,
    add: 0xf0,
    subtract: 0xf1,
    multiply: 0xf2,
    divide: 0xf3,
    minimum: 0xf4,
    maximum: 0xf5,
  },
  float32: {
    abs: 0xe0,
    negative: 0xe1,
    sqrt: 0xe3,
    add: 0xe4,
    subtract: 0xe5,
    multiply: 0xe6,
    divide: 0xe7,
    minimum: 0xe8,
    maximum: 0xe9,
  },
  int32: { abs: 0xa0, negative: 0xa1, add: 0xae, subtract: 0xb1, multiply: 0xb5, minimum: 0xb6, maximum: 0xb8 },
} as const satisfies Record<DType, Record<string, number>>;
