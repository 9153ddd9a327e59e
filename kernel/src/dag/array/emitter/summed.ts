/**
 * Element types that kernels read as they are and add up in float64.
 * @module
 */
import type { DType } from "../../memory/dtype.js";
import { emitCast } from "./cast.js";
import type { FunctionBuilder } from "./function-builder.js";
import { emitLoad } from "./lanes.js";

export type Summed = "float64" | "float32" | "int32";

/** The type in which elements of `dtype` must arrive: their own, or the float64 that they are converted to. */
export function summedType(dtype: DType): Summed {
  return dtype === "float32" || dtype === "int32" ? dtype : "float64";
}

/** Loads two elements from the address on the stack as float64. */
export function emitLoadPair(f: FunctionBuilder, dtype: Summed, offset: number): FunctionBuilder {
  emitLoad(f, dtype, 2, offset);
  emitCast(f, dtype, "float64", 2);
  return f;
}
