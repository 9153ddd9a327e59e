/**
 * Functions of float64 lanes, by their names.
 * @module
 */
import { floorDivide, fmod, integerFloorDivide, integerMod, mod, singleFloorDivide } from "./division.js";
import { cosh, exp, expm1, sinh, tanh } from "./exponential.js";
import type { FloatLanes, Local } from "./float-lanes.js";
import { arccos, arcsin, arctan, arctan2 } from "./inverse-trigonometric.js";
import { log, log1p, log2, log10 } from "./logarithm.js";
import type { FloatBinaryOp, FloatFunction } from "./operations.js";
import { power } from "./power.js";
import { cos, sin, tan } from "./trigonometric.js";

type Unary = (v: FloatLanes, x: Local) => Local;
type Binary = (v: FloatLanes, a: Local, b: Local) => Local;

/** A function of JavaScript, called for every lane: several times slower than SIMD. */
function laneByLane(name: string): Unary {
  return (v, x) => {
    const all = v.op("equal", v.number(0), v.number(0));
    return v.hardLanes(all, x, name, x);
  };
}

/** What is squared neither overflows nor loses digits; other lanes are scaled, one by one. */
function hypot(v: FloatLanes, a: Local, b: Local): Local {
  const sum = v.multiplyAdd(a, a, v.multiply(b, b));
  const isPlain = v.and(v.op("greater", sum, v.number(1e-280)), v.op("less", sum, v.number(1e300)));
  return v.hardLanes(v.not(isPlain), v.op("sqrt", sum), "hypot", a, b);
}

export const floatFunctions: Readonly<Record<FloatFunction, Unary> & Record<FloatBinaryOp, Binary>> = {
  exp,
  expm1,
  log,
  log2,
  log10,
  log1p,
  sin,
  cos,
  tan,
  arcsin,
  arccos,
  arctan,
  sinh,
  cosh,
  tanh,
  arcsinh: laneByLane("arcsinh"),
  arccosh: laneByLane("arccosh"),
  arctanh: laneByLane("arctanh"),
  cbrt: laneByLane("cbrt"),
  power,
  arctan2,
  hypot,
  mod,
  fmod,
  floorDivide,
  singleFloorDivide,
  integerMod,
  integerFloorDivide,
};
