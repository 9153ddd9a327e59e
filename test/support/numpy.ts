// NumPy as the reference: all cases of a test file go to one Python process.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import type { ElementArray } from "../../kernel/src/dag/memory/dtype.js";
import { shownElement } from "../../kernel/src/dag/memory/element-of.js";
import type { NDArray } from "../../kernel/src/dag/memory/nd-array.js";

/** A Python expression and the variables in it. */
export interface NumpyCase {
  readonly expression: string;
  readonly variables: Readonly<Record<string, NDArray<ElementArray> | number | bigint>>;
}

export interface NumpyValue {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** elements in C order */
  readonly values: readonly number[];
}

const python = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));

const script = `
import base64, json, sys
import numpy as np
np.seterr(all="ignore")
def load(value):
    if not isinstance(value, dict):
        return value
    if "int" in value:
        return int(value["int"])
    if "float" in value:
        return float(value["float"])
    data = np.frombuffer(base64.b64decode(value["data"]), value["dtype"])
    return data.reshape(value["shape"]).copy()
def dump(value):
    array = np.asarray(value)
    exact = array.dtype if array.dtype.name in ("int64", "uint64") else "float64"
    data = np.ascontiguousarray(array, exact).tobytes()
    return {"dtype": array.dtype.name, "shape": array.shape, "data": base64.b64encode(data).decode()}
cases = json.load(sys.stdin)
results = [dump(eval(case["expression"], {"np": np}, {k: load(v) for k, v in case["variables"].items()})) for case in cases]
json.dump(results, sys.stdout)
`;

/** What NumPy gives for each case, as float64 numbers; integers of 64 bits beyond 2^53 are bigints. */
export function numpy(cases: readonly NumpyCase[]): NumpyValue[] {
  const input = JSON.stringify(
    cases.map(({ expression, variables }) => ({
      expression,
      variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, encoded(value)])),
    })),
  );
  const output = execFileSync(python, ["-W", "ignore", "-c", script], { input, maxBuffer: 2 ** 30, timeout: 60_000 });
  const results: { dtype: string; shape: number[]; data: string }[] = JSON.parse(output.toString());
  return results.map(({ dtype, shape, data }) => {
    const bytes = Uint8Array.from(Buffer.from(data, "base64"));
    return { dtype, shape, values: valuesOf(dtype, bytes.buffer) };
  });
}

function valuesOf(dtype: string, bytes: ArrayBuffer): number[] {
  const read = dtype === "int64" ? BigInt64Array : dtype === "uint64" ? BigUint64Array : Float64Array;
  return Array.from<number | bigint, number>(new read(bytes), shownElement);
}

function encoded(value: NDArray<ElementArray> | number | bigint): unknown {
  if (typeof value === "bigint") return { int: String(value) };
  // JSON has no NaN, infinities and -0
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0) ? value : { float: inspect(value) };
  const { data, dtype, shape } = value;
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { dtype, shape, data: bytes.toString("base64") };
}
