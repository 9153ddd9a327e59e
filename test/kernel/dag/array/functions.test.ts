import { da } from "../../../../kernel/src/dag/array/index.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { evaluate } from "../../../support/evaluate.js";
import { type NumpyCase, numpy } from "../../../support/numpy.js";

type Name = "power";
type Range = readonly [low: number, high: number, isLogarithmic?: "log"];

/** Where a function is tried: from low to high, or 10 to these powers with both signs. */
const functions: Readonly<Record<string, readonly Range[]>> = {
  exp: [[-745, 709.7]],
  expm1: [
    [-40, 709],
    [-1, 1],
    [-18, 0, "log"],
  ],
  log: [
    [0, 10],
    [-300, 300, "log"],
  ],
  log2: [
    [0, 10],
    [-300, 300, "log"],
  ],
  log10: [
    [0, 10],
    [-300, 300, "log"],
  ],
  log1p: [
    [-1, 3],
    [-18, 0, "log"],
  ],
  sin: [
    [-10, 10],
    [-1e5, 1e5],
    [-18, 9, "log"],
  ],
  cos: [
    [-10, 10],
    [-1e5, 1e5],
    [-18, 9, "log"],
  ],
  tan: [
    [-10, 10],
    [-1e5, 1e5],
    [-18, 9, "log"],
  ],
  arcsin: [
    [-1, 1],
    [-18, 0, "log"],
  ],
  arccos: [[-1, 1]],
  arctan: [
    [-5, 5],
    [-20, 20, "log"],
  ],
  sinh: [
    [-3, 3],
    [-710, 710],
    [-18, 0, "log"],
  ],
  cosh: [
    [-3, 3],
    [-710, 710],
  ],
  tanh: [
    [-3, 3],
    [-18, 2, "log"],
  ],
  arcsinh: [[-10, 10, "log"]],
  arccosh: [[1, 100]],
  arctanh: [[-1, 1]],
  cbrt: [[-300, 300, "log"]],
};

/** The same numbers in every run, spread evenly: multiples of the golden ratio, without whole parts. */
const spread = (i: number, [low, high, kind]: Range) => {
  const value = low + (high - low) * ((i * 0.618_033_988_749_894_9) % 1);
  return kind === "log" ? (i % 2 === 0 ? 1 : -1) * 10 ** value : value;
};
const line = (range: Range, size = 20_001) => Float64Array.from({ length: size }, (_, i) => spread(i + 1, range));

const specials = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  NaN,
  Infinity,
  -Infinity,
  5e-324,
  -5e-324,
  1e-310,
  -1e-310,
  1e308,
  -1e308,
  2 ** -1022,
  709.78,
  709.79,
  -745.13,
  -746,
  710.5,
  -710.5,
  1e5,
  1e6,
  -1e22,
  2,
  3,
  -2,
  -3,
  0.1,
  Math.PI,
  Math.PI / 2,
  1e-20,
  -1e-20,
  2 ** 52 + 1,
  1e300,
  1.7976931348623157e308,
];

/** Distance from the exact value (of a long double) in ulp; 0 where NumPy's value is not finite. */
const distance = (call: string, exact: string) =>
  `np.where(np.isfinite(${call}), np.abs(ours.astype('g') - ${exact}) / np.spacing(np.abs(${call})), 0)`;

const largest = (values: readonly number[]) => values.reduce((worst, value) => Math.max(worst, value), 0);

/** Same NaN, infinities and zeros with their signs. */
function sameSpecials(ours: readonly number[], theirs: readonly number[], inputs: (i: number) => unknown): void {
  for (const [i, value] of theirs.entries()) {
    if (Number.isFinite(value) && value !== 0) continue;
    if (!Object.is(ours[i], value)) throw new Error(`f(${inputs(i)}) is ${ours[i]}, NumPy's is ${value}`);
  }
}

test.each(Object.keys(functions))("%s is less than 2 ulp from the exact value, with NumPy's special values", (name) => {
  const data = [...functions[name].map((range) => line(range)), Float64Array.from(specials)];
  const inputs = data.map((values) => new NDArray(values, [values.length]));
  const ours = inputs.map((x) => evaluate(da.fromArray(x, { chunks: 7001 })[name as "log"]()));
  const cases = inputs.flatMap((x, i): NumpyCase[] => [
    { expression: distance(`np.${name}(x)`, `np.${name}(x.astype('g'))`), variables: { x, ours: ours[i] } },
    { expression: `np.${name}(x)`, variables: { x } },
  ]);
  const results = numpy(cases);
  for (const [i, { data: values }] of ours.entries()) {
    expect(largest(results[2 * i].values)).toBeLessThan(2);
    sameSpecials(Array.from(values), results[2 * i + 1].values, (at) => inputs[i].data[at]);
  }
});

test("the multiples of pi/2 up to 100,000 lose no digits in sin, cos and tan", () => {
  const x = new NDArray(
    Float64Array.from({ length: 63_661 }, (_, n) => (n * Math.PI) / 2),
    [63_661],
  );
  for (const name of ["sin", "cos", "tan"] as const) {
    const ours = evaluate(da.fromArray(x)[name]());
    const [{ values }] = numpy([
      { expression: distance(`np.${name}(x)`, `np.${name}(x.astype('g'))`), variables: { x, ours } },
    ]);
    expect(largest(values)).toBeLessThan(1.5);
  }
});

test.each(Object.keys(functions))("%s of float32 is float32 within 1 ulp, of int32 and bool float64", (name) => {
  const x = new NDArray(Float32Array.from([...line(functions[name][0], 3001), ...specials]), [3001 + specials.length]);
  const whole = new NDArray(Int32Array.of(-3, 0, 1, 2, 40, 100_001, -(2 ** 31)), [7]);
  const bool = new NDArray(Uint8Array.of(0, 1), [2]);
  const [ours, ofWhole, ofBool] = [x, whole, bool].map((input) => evaluate(da.fromArray(input)[name as "log"]()));
  const call = `np.${name}(x.astype('f8')).astype('f4')`;
  const [near, exact, wholeNear, boolNear] = numpy([
    {
      expression: `np.where(np.isfinite(${call}), np.abs(ours - ${call}) / np.spacing(np.abs(${call})), 0)`,
      variables: { x, ours },
    },
    { expression: call, variables: { x } },
    { expression: distance(`np.${name}(x)`, `np.${name}(x.astype('g'))`), variables: { x: whole, ours: ofWhole } },
    { expression: distance(`np.${name}(x * 1.0)`, `np.${name}(x.astype('g'))`), variables: { x: bool, ours: ofBool } },
  ]);
  expect([ours.dtype, ofWhole.dtype, ofBool.dtype]).toEqual(["float32", "float64", "float64"]);
  expect(largest(near.values)).toBeLessThanOrEqual(1);
  sameSpecials(Array.from(ours.data), exact.values, (i) => x.data[i]);
  expect([largest(wholeNear.values) < 2, largest(boolNear.values) < 2]).toEqual([true, true]);
});

const pairs: readonly (readonly [string, string, Range, Range])[] = [
  ["power", "power", [0, 10], [-50, 50]],
  ["power", "power", [-5, 5, "log"], [-20, 20]],
  ["power", "power", [0.99, 1.01], [3, 5, "log"]],
  ["arctan2", "arctan2", [-5, 5], [-5, 5]],
  ["arctan2", "arctan2", [-10, 10, "log"], [-10, 10, "log"]],
  ["hypot", "hypot", [-5, 5], [-5, 5]],
  ["hypot", "hypot", [-150, 150, "log"], [-150, 150, "log"]],
];

test.each(pairs)("%s is less than 2 ulp from the exact value", (name, call, first, second) => {
  const size = 20_001;
  const x = new NDArray(line(first, size), [size]);
  const y = new NDArray(
    Float64Array.from({ length: size }, (_, i) => spread((i + 1) * 7919, second)),
    [size],
  );
  const ours = evaluate(da.fromArray(x)[name as Name](da.fromArray(y)));
  const exact = `np.${call}(x.astype('g'), y.astype('g'))`;
  const [{ values }] = numpy([{ expression: distance(`np.${call}(x, y)`, exact), variables: { x, y, ours } }]);
  expect(largest(values)).toBeLessThan(2);
});

test("an integer power of a negative number has the right sign", () => {
  const x = da.fromArray([-2, -2, -0.5, -2, -2]);
  const y = da.fromArray([3, 8, -5, 0.5, 1e9]);
  expect(evaluate(x.power(y)).tolist()).toEqual([-8, 256, -32, NaN, Infinity]);
});

test.each(["power", "arctan2", "hypot"])("%s has NumPy's special values for all pairs of them", (name) => {
  const size = specials.length;
  const x = new NDArray(Float64Array.from(specials), [size, 1]);
  const y = new NDArray(Float64Array.from(specials), [size]);
  const ours = evaluate(da[name as Name](da.fromArray(x), da.fromArray(y)));
  const call = `np.${name}(x, y)`;
  const [theirs, near] = numpy([
    { expression: call, variables: { x, y } },
    { expression: distance(call, `np.${name}(x.astype('g'), y.astype('g'))`), variables: { x, y, ours } },
  ]);
  const at = (i: number) => [specials[Math.floor(i / size)], specials[i % size]];
  sameSpecials(Array.from(ours.data), theirs.values, at);
  expect(largest(near.values)).toBeLessThan(2);
});

test("functions of transposed and broadcast operands take the right elements", () => {
  const x = new NDArray(line([0, 3], 70 * 33), [70, 33]);
  const y = new NDArray(line([1, 2], 33), [33]);
  const [a, b] = [da.fromArray(x, { chunks: [[29, 41], 10] }), da.fromArray(y, { chunks: 12 })];
  const ours = evaluate(a.T.sin().multiply(b.slice(":, newaxis").negative().exp()).add(a.T.add(1).log()));
  const formula = "np.sin(x.T) * np.exp(-y[:, None]) + np.log(x.T + 1)";
  const [{ values, shape }, { values: theirs }] = numpy([
    { expression: `np.abs(ours - (${formula}))`, variables: { x, y, ours } },
    { expression: formula, variables: { x, y } },
  ]);
  expect(shape).toEqual([33, 70]);
  expect(largest(values.map((value, i) => value / Math.abs(theirs[i])))).toBeLessThan(1e-14);
});

test("a float32 function beside float64 values gives the same float32", () => {
  const x = da.fromArray(Float32Array.from(line([-3, 3], 1003)), { chunks: 400 });
  const other = da.fromArray(line([0, 1], 1003), { chunks: 300 });
  for (const name of ["sin", "tanh", "arctan"] as const) {
    const alone = evaluate(x[name]()).data;
    const beside = evaluate(x[name]().multiply(other)).data;
    expect(beside).toEqual(Float64Array.from(evaluate(other).data, (value, i) => value * alone[i]));
  }
});
