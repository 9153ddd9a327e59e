/**
 * Names of the operations of formulas, by what goes in and what comes out.
 * @module
 */

/** Two values of one type give a value of that type. */
export type ArithmeticOp = "add" | "subtract" | "multiply" | "divide" | "minimum" | "maximum" | "fmin" | "fmax";
/** Two floats of one type give a float of that type; those of division.ts are of float64 only. */
export type FloatBinaryOp =
  | "power"
  | "arctan2"
  | "hypot"
  | "mod"
  | "fmod"
  | "floorDivide"
  | "singleFloorDivide"
  | "integerMod"
  | "integerFloorDivide";
/** Two values of one type give a bool. */
export type ComparisonOp = "equal" | "notEqual" | "less" | "lessEqual" | "greater" | "greaterEqual";
/** Two bool give a bool. */
export type LogicalOp = "logicalAnd" | "logicalOr" | "logicalXor";
export type BinaryOp = ArithmeticOp | FloatBinaryOp | ComparisonOp | LogicalOp;

/** A value gives a value of its type. */
export type PlainOp = "negative" | "abs" | "sign";
/** A float gives a float of its type. */
export type RoundingOp = "sqrt" | "floor" | "ceil" | "trunc" | "rint";
/** A float gives a float of its type. */
export type FloatFunction =
  | "exp"
  | "expm1"
  | "log"
  | "log2"
  | "log10"
  | "log1p"
  | "sin"
  | "cos"
  | "tan"
  | "arcsin"
  | "arccos"
  | "arctan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "arcsinh"
  | "arccosh"
  | "arctanh"
  | "cbrt";
/** A float gives a bool. */
export type ClassOp = "isnan" | "isinf" | "isfinite";
export type UnaryOp = PlainOp | RoundingOp | FloatFunction | ClassOp | "logicalNot";

/** `where` takes a bool and two values of the type of its result; `cast` changes the type. */
export type Op = BinaryOp | UnaryOp | "where" | "cast";
