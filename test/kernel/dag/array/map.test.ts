import { jest } from "@jest/globals";
import fc from "fast-check";
import { type ChunkedArray, da } from "../../../../kernel/src/dag/array/index.js";
import type { ScalarFunction } from "../../../../kernel/src/dag/array/map.js";
import { constructorOf } from "../../../../kernel/src/dag/memory/dtype.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, chunksOf, dtypesAndBool, fixed, partnerShapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, taskCount } from "../../../support/evaluate.js";
import { scalarBodies } from "../../../support/scalar-functions.js";

let told: string[];
beforeEach(() => {
  told = [];
  jest.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0);
});
afterEach(() => jest.restoreAllMocks());

const line = Float64Array.from([0, -0, 1, -1, 2.5, -2.5, 0.49999999999999994, NaN, Infinity, -Infinity, 5e-324, 1e308]);
const values = (array: ChunkedArray) => Array.from(evaluate(array).data, Number);
const each = (fn: (x: number) => number | boolean, data: ArrayLike<number>) => Array.from(data, (x) => Number(fn(x)));

/** The numbers of three arrays of one shape. */
function columns(inputs: readonly NDArray[], shape: readonly number[]): number[][] {
  const zeros = new NDArray(new Float64Array(shape.reduce((a, b) => a * b, 1)), shape);
  return inputs.map((input) => {
    const zero = da.where(da.fromArray(zeros).equal(0), da.fromArray(input), 0);
    return Array.from(evaluate(zero.astype("float64")).data);
  });
}

test("random functions equal what JavaScript gives for each element, bit for bit, and are compiled", () => {
  const cases = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 2 }).chain((shape) => {
    const one = (own: readonly number[]) =>
      dtypesAndBool.chain((dtype) => fc.record({ data: arrays(own, dtype), chunks: chunksOf(own) }));
    const partner = partnerShapes(shape).chain(one);
    return fc.record({ shape: fc.constant(shape), inputs: fc.tuple(one(shape), partner, partner), body: scalarBodies });
  });
  const [k, p, half] = [2.5, { q: [0, -7] }, (x: number) => x / 2];
  let booleans = 0;
  const samples = fc.sample(cases, fixed(250));
  // In one script: V8 tells the name of a script by telling those of all.
  const texts = samples.map(({ body }) => `(a, b, c) => { ${body} }`);
  const made: ScalarFunction[] = new Function("k", "p", "half", `return [${texts.join(",\n")}]`)(k, p, half);
  for (const [i, { shape, inputs, body }] of samples.entries()) {
    const fn = made[i];
    const data = inputs.map(({ data }) => data);
    const [a, b, c] = columns(data, shape);
    const results = a.map((x, i) => fn(x, b[i], c[i]));
    const result = da.map(fn, ...inputs.map(({ data, chunks }) => da.fromArray(data, { chunks })));
    if (result.dtype === "bool") booleans += 1;
    const round = result.dtype === "float32" ? Math.fround : Number;
    const expected = { dtype: result.dtype, shape, values: results.map((x) => round(Number(x))) };
    expect({ body, ...asNumpyValue(evaluate(result)) }).toEqual({ body, ...expected });
    if (results.some((x) => typeof x === "number")) expect(result.dtype).not.toBe("bool");
    expect({ body, told }).toEqual({ body, told: [] });
  }
  expect(booleans).toBeGreaterThan(30);
});

const bits = (x: number): bigint => {
  const [own] = new BigInt64Array(Float64Array.of(x).buffer);
  return own < 0n ? -(own & 0x7fff_ffff_ffff_ffffn) : own;
};
/** Numbers between two, in units of the last place; NaN and infinities are far from all else. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Infinity;
  const distance = bits(a) - bits(b);
  return Number(distance < 0n ? -distance : distance);
}

const names = "exp expm1 log log2 log10 log1p sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh cbrt".split(
  " ",
);
const functions = names.map((name) => {
  const fn = Math[name as "exp"];
  return [`Math.${name}(x)`, (x: number) => fn(x)] as const;
});
const oddCases: readonly ScalarFunction[] = [
  (x, y) => Math.atan2(x, y),
  (x, y) => Math.hypot(x, y),
  (x, y) => x ** y,
  (x, y) => x ** y,
  (x) => x ** 3,
  (x) => x ** -1.5,
  (x) => x ** Infinity,
  (x) => x ** NaN,
  (x) => 2 ** x,
  (x) => 1 ** x,
  (x) => (-1) ** x,
];

test.each([...functions, ...oddCases.map((fn) => [String(fn), fn] as const)])(
  "%s is within 2 ulp of JavaScript's, with its special values",
  (_, fn) => {
    const pairs = fc.sample(fc.tuple(fc.double({ min: -50, max: 50 }), fc.double({ min: -9, max: 9 })), fixed(2000));
    for (const x of line) for (const y of line) pairs.push([x, y]);
    const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
    const ours = values(da.map(fn, da.fromArray(xs, { chunks: 501 }), da.fromArray(ys, { chunks: 501 })));
    const far = pairs.map(([x, y], i) => ({ x, y, ours: ours[i], theirs: Number(fn(x, y)) }));
    expect(far.filter(({ ours, theirs }) => ulps(ours, theirs) > 2)).toEqual([]);
    expect(told).toEqual([]);
  },
);

test("% has the sign of the dividend, is exact for huge quotients too, and of integers by 0 it is NaN", () => {
  const pairs = fc.sample(fc.tuple(fc.double(), fc.double()), fixed(5000));
  for (const x of line) for (const y of line) pairs.push([x, y]);
  const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
  expect(values(da.map((a, b) => a % b, da.fromArray(xs), da.fromArray(ys)))).toEqual(pairs.map(([x, y]) => x % y));
  expect(values(da.map((a) => a % 0, da.fromArray(Int32Array.of(5))))).toEqual([NaN]);
});

test("the result is float32 if all arrays are, computed in float64 and rounded once", () => {
  const x = Float32Array.from({ length: 100 }, (_, i) => i / 7);
  const result = da.map((a, b) => a / 3 + b * b, da.fromArray(x), da.fromArray(x));
  expect(result.dtype).toBe("float32");
  expect(values(result)).toEqual(Array.from(x, (a) => Math.fround(a / 3 + a * a)));
  expect(da.map((a, b) => a + b, da.fromArray(x), da.fromArray(new Float64Array(100))).dtype).toBe("float64");
  expect(values(da.map((a) => a * a, da.fromArray(Int32Array.of(2 ** 30))))).toEqual([2 ** 60]);
});

test("elements of bool arrays are 1 and 0, and what gives booleans is a bool array", () => {
  const flags = da.fromArray(Uint8Array.of(1, 0, 1));
  const sum = da.map((a, b) => a + b, flags, flags);
  expect([sum.dtype, values(sum)]).toEqual(["float64", [2, 0, 2]]);
  const not = da.map((a) => !a, flags);
  expect([not.dtype, values(not)]).toEqual(["bool", [0, 1, 0]]);
});

test.each(["float64", "float32", "int32", "bool"] as const)("mapWith stores the result as %s", (dtype) => {
  const fn = (x: number) => x * 1.5;
  const slow = (x: number) => [x][0] * 1.5;
  for (const map of [fn, slow]) {
    const result = da.mapWith({ dtype }, map, da.fromArray(line));
    const stored = Array.from(line, (x) => (dtype === "bool" ? Number(Boolean(fn(x))) : fn(x)));
    const saturated = stored.map((x) => (dtype === "int32" ? Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, x)) : x));
    expect([result.dtype, values(result)]).toEqual([dtype, Array.from(new (constructorOf(dtype))(saturated))]);
  }
});

test("numbers among the arrays, missing arguments and arrays that are not used", () => {
  const x = da.fromArray([[1], [2]]);
  expect(evaluate(da.map((a, b) => a - b, 10, x)).tolist()).toEqual([[9], [8]]);
  expect(evaluate(da.map((a, b = 5) => a * b, x)).tolist()).toEqual([[5], [10]]);
  expect(evaluate(da.map((a) => -a, x, da.zeros(3))).tolist()).toEqual([
    [-1, -1, -1],
    [-2, -2, -2],
  ]);
  expect(evaluate(da.map(() => 7, x)).tolist()).toEqual([[7], [7]]);
  expect(evaluate(da.map((a) => a > 1, x, da.zeros(2))).tolist()).toEqual([
    [0, 0],
    [1, 1],
  ]);
  expect(() => da.map((a) => a, 3)).toThrow("one of 3 must be a chunked array");
  expect(() => da.map((a) => a, da.zeros(2), da.zeros(3))).toThrow("shapes [2] and [3] do not fit together");
  expect(() => da.map("sin" as never, x)).toThrow("da.map needs a function first and got 'sin'");
});

test("what was captured is a constant as it is at the call", () => {
  let k = 2;
  const settings = { scale: 10 };
  const scaled = (x: number) => x * settings.scale;
  const fn = (x: number) => scaled(x) + k;
  const x = da.fromArray([1, 2]);
  const before = da.map(fn, x);
  k = 3;
  settings.scale = 100;
  expect([values(before), values(da.map(fn, x))]).toEqual([
    [12, 22],
    [103, 203],
  ]);
  expect(told).toEqual([]);
});

test("functions of JavaScript, of declarations and inside of functions are compiled too", () => {
  function clamp(x: number, low = 0): number {
    const { abs } = { abs: 0 };
    return x < low ? low + abs : x;
  }
  function plain(x: number): number {
    function twice(y: number): number {
      return 2 * y;
    }
    const third = (y: number) => y / 3;
    return twice(third(x));
  }
  const { sqrt } = Math;
  const x = da.fromArray([4, -9]);
  expect(values(da.map(plain, x))).toEqual(each(plain, [4, -9]));
  expect(values(da.map(Math.abs, x))).toEqual([4, 9]);
  expect(values(da.map((a) => sqrt(a), x))).toEqual([2, NaN]);
  expect(told).toEqual([]);
  expect(values(da.map(clamp, x))).toEqual([4, 0]);
  expect(told).toHaveLength(1);
});

test("a map and the operations around it are one task per block", () => {
  const x = da.fromArray(
    Float64Array.from({ length: 12 }, (_, i) => i),
    { chunks: 4 },
  );
  const norm = (a: number, b: number) => (a > 3 ? Math.sqrt(a * a + b * b) : a ** 2 % 5);
  expect(taskCount(da.map(norm, x.add(1), x.multiply(2)).negative())).toBe(3);
  expect(taskCount(da.map(norm, x, da.map(norm, x, 2)).sum())).toBe(4);
  expect(values(da.map(norm, x, 2))).toEqual(
    each(
      (a) => norm(a, 2),
      Array.from({ length: 12 }, (_, i) => i),
    ),
  );
});

const loop = (x: number): number => {
  let sum = 0;
  for (let i = 0; i < 3; i++) sum += x;
  return sum;
};
const uncompiled: readonly (readonly [reason: string, fn: ScalarFunction])[] = [
  ["it has a loop", loop],
  ["in function loop", (x) => loop(x) + 1],
  ["it has a string", (x) => Number(`${x}`)],
  ["the operator | of these operands is none that kernels have", (x) => x | 0],
  [
    "it has an assignment",
    (x) => {
      let y = x;
      y *= 2;
      return y;
    },
  ],
  [
    "a function calls itself",
    function factorial(x): number {
      return x > 1 ? x * factorial(x - 1) : 1;
    },
  ],
  ["x.toFixed is read for every element", (x) => Number(x.toFixed(1))],
  ["Math.clz32() is no function that kernels have", (x) => Math.clz32(x)],
  [
    "it has a loop",
    (x) => {
      for (let i = 0; i < 3; i++) if (x > i) return true;
      return false;
    },
  ],
];

test.each(uncompiled)(
  "JavaScript runs what is not compiled because %s, with equal values, and says so once",
  (reason, fn) => {
    const data = [1, 2.5, 3, 4.25, 5, 6];
    const x = da.fromArray(data, { shape: [2, 3], chunks: 2 });
    const result = da.map(fn, x.T, da.zeros([4, 3, 1], { chunks: 2 })).multiply(1);
    const rows = evaluate(x.T).data;
    expect(values(result)).toEqual([1, 2, 3, 4].flatMap(() => each(fn, rows)));
    da.map(fn, x);
    expect(told).toEqual([expect.stringContaining(reason)]);
    expect(told[0]).toMatch(/^dagbook: da\.map could not compile function .*(map\.test\.ts:\d+|line \d+ of it)\)/);
  },
);

test("what a loop of JavaScript gives must be a number or a boolean", () => {
  const fn = (x: number) => (x > 4 ? `${x}` : x) as number;
  const x = da.fromArray([[1, 2, 3, 9]], { chunks: 2 });
  expect(() => evaluate(da.map(fn, x))).toThrow(
    "fn gave '9' for element [0,3]: a function of da.map gives a number or a boolean for every element",
  );
});

test("a name that is not there is an error at the call", () => {
  const fn = new Function("x", "return x + notThere") as ScalarFunction;
  expect(() => da.map(fn, da.ones(3))).toThrow("uses 'notThere', which is not defined");
});
