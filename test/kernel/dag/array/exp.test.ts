import { da } from "../../../../kernel/src/dag/array/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

test("exp of special values", () => {
  const x = [0, -0, NaN, Infinity, -Infinity, 709.79, 710, -745.2, 5e-324, 1e-300];
  expect((evaluate(da.fromArray(x).exp()) as NDArray).tolist()).toEqual([
    1,
    1,
    NaN,
    Infinity,
    0,
    Infinity,
    Infinity,
    0,
    1,
    1,
  ]);
});

test("exp is less than 1.2 ulp from the exact value, subnormal results too", () => {
  const x = evaluate(da.random.uniform({ shape: 50_000, low: -745, high: 709.7, seed: 7 }));
  const ours = evaluate(da.fromArray(x).exp());
  const expression = "np.abs(ours.astype('g') - np.exp(x.astype('g'))) / np.spacing(np.exp(x))";
  const [{ values }] = numpy([{ expression, variables: { x, ours } }]);
  expect(values.length).toBe(50_000);
  expect(values.reduce((worst, value) => Math.max(worst, value), 0)).toBeLessThan(1.2);
});

test("exp of a number does not depend on its neighbours", () => {
  const x = evaluate(da.random.uniform({ shape: 9999, low: -707, high: 707, seed: 9 })).data as Float64Array;
  const beside = (neighbour: number) =>
    Float64Array.from({ length: 2 * x.length }, (_, i) => (i % 2 ? neighbour : x[i / 2]));
  const alone = Array.from(evaluate(da.fromArray(x).exp()).data);
  for (const neighbour of [-720, 710, NaN, Infinity]) {
    const both = evaluate(da.fromArray(beside(neighbour)).exp()).data;
    expect(Array.from(both).filter((_, i) => i % 2 === 0)).toEqual(alone);
  }
});

test("exp of float32 is less than 1.2 ulp from the exact value, subnormal results too", () => {
  const x = evaluate(da.random.uniform({ shape: 50_000, low: -103, high: 88.7, seed: 8, dtype: "float32" }));
  const ours = evaluate(da.fromArray(x).exp());
  const exact = "np.exp(x.astype('f8'))";
  const expression = `np.abs(ours - ${exact}) / np.spacing(${exact}.astype('f4'))`;
  const [{ values }] = numpy([{ expression, variables: { x, ours } }]);
  expect(ours.dtype).toBe("float32");
  expect(values.reduce((worst, value) => Math.max(worst, value), 0)).toBeLessThan(1.2);
});

test("exp of int32 is float64", () => {
  const { dtype, data } = evaluate(da.fromArray(Int32Array.of(0, 1)).exp());
  expect(dtype).toBe("float64");
  expect(data[0]).toBe(1);
  expect(data[1]).toBeCloseTo(Math.E, 14);
});
