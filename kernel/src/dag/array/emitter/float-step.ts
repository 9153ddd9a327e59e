/**
 * Puts functions of float lanes to the types and lanes of a kernel.
 * @module
 */
import type { DType } from "../../memory/dtype.js";
import { floatFunctions } from "./float-functions.js";
import { FloatLanes, type Local } from "./float-lanes.js";
import type { FunctionBuilder } from "./function-builder.js";
import type { Lanes } from "./lanes.js";
import { simd } from "./opcodes.js";
import type { FloatBinaryOp, FloatFunction, Op } from "./operations.js";
import { shortFunctions, singleFunctions } from "./single-functions.js";

type Name = FloatFunction | FloatBinaryOp;

export function isFloatFunction(op: Op): op is Name {
  return op in floatFunctions;
}

/**
 * The function of the inputs, all of type `dtype`. float32 has functions of its own where they are much
 * faster; else each half of the vector is computed in float64 and rounded once.
 * @returns the local of the result
 */
export function emitFloatFunction(
  f: FunctionBuilder,
  name: Name,
  dtype: DType,
  inputs: readonly Local[],
  lanes: Lanes,
): Local {
  const double = new FloatLanes(f);
  const exact = ([a, b]: readonly Local[]) => floatFunctions[name](double, a, b);
  if (dtype === "float64") return exact(inputs);
  const single = new FloatLanes(f, "float32");
  const own = singleFunctions[name];
  if (own !== undefined && lanes === 4) return own(single, inputs[0]);
  const short = shortFunctions[name];
  const inDouble = short === undefined ? exact : ([x]: readonly Local[]) => short(double, x);
  const half = (part: number) => {
    const values = inputs.map((input) => {
      if (part === 0) return double.simd(simd.f64FromF32, input);
      f.get(input, input).shuffle(8);
      return double.simd(simd.f64FromF32, double.take());
    });
    return double.simd(simd.f32FromF64, inDouble(values));
  };
  if (lanes === 2) return half(0);
  const low = half(0);
  f.get(low, half(1)).shuffleBytes(Array.from({ length: 16 }, (_, i) => (i < 8 ? i : i + 8)));
  return double.take();
}
