import fc from "fast-check";
import { type AnyArray, da } from "../../../../kernel/src/dag/array/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, chunksOf, dtypes, dtypesAndBool, fixed, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, taskCount } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const one = fc.tuple(shapes, dtypesAndBool).chain(([shape, dtype]) =>
  fc.record({
    a: arrays(shape, dtype),
    chunks: chunksOf(shape),
    axis: fc.integer({ min: 0, max: shape.length - 1 }),
  }),
);
const sample = fc.sample(one, fixed(80));
const lazy = ({ a, chunks }: { a: NDArray; chunks: number[][] }) => da.fromArray(a, { chunks });

type Sample = (typeof sample)[number];
const functions: readonly (readonly [string, string, (x: Sample) => AnyArray])[] = [
  ["expandDims", "np.expand_dims(a, axis)", (x) => da.expandDims(lazy(x), x.axis)],
  ["squeeze", "np.squeeze(np.expand_dims(a, axis))", (x) => da.squeeze(da.expandDims(lazy(x), x.axis))],
  ["swapaxes", "np.swapaxes(a, axis, -1)", (x) => da.swapaxes(lazy(x), x.axis, -1)],
  ["moveaxis", "np.moveaxis(a, axis, 0)", (x) => da.moveaxis(lazy(x), x.axis, 0)],
  ["broadcastTo", "np.broadcast_to(a, (3, *a.shape))", (x) => da.broadcastTo(lazy(x), [3, ...x.a.shape])],
  ["ravel", "a.ravel()", (x) => lazy(x).ravel()],
  ["stack", "np.stack([a, a], axis)", (x) => da.stack([lazy(x), da.fromArray(x.a)], x.axis)],
  ["concatenate", "np.concatenate([a, a], axis)", (x) => da.concatenate([lazy(x), da.fromArray(x.a)], x.axis)],
];

test.each(functions)("%s is NumPy's", (_, expression, ours) => {
  const expected = numpy(
    sample.map(({ a, axis }) => ({
      expression: expression.replaceAll("axis)", `${axis})`).replace("axis,", `${axis},`),
      variables: { a },
    })),
  );
  expect(sample.map((x) => asNumpyValue(evaluate(ours(x)), x.a.dtype))).toEqual(expected);
});

test("concatenate brings arrays to one element type and to common cuts", () => {
  const pairs = fc.sample(
    fc
      .tuple(shapes, dtypes, dtypes)
      .chain(([shape, left, right]) =>
        fc.record({ a: arrays(shape, left, false), b: arrays(shape, right, false), chunks: chunksOf(shape) }),
      ),
    fixed(60),
  );
  const expected = numpy(pairs.map(({ a, b }) => ({ expression: "np.concatenate([a, b, a])", variables: { a, b } })));
  const actual = pairs.map(({ a, b, chunks }) => {
    const x = da.fromArray(a, { chunks });
    return asNumpyValue(evaluate(da.concatenate([x, da.fromArray(b), x])));
  });
  // int32 and float32 meet in float64 in both
  expect(actual).toEqual(expected);
});

test("what only adds axes is read by a kernel where it lies", () => {
  const x = da.fromArray([1, 2, 3], { chunks: 3 });
  const table = da.expandDims(x, 1).add(x);
  expect(taskCount(table)).toBe(1);
  expect(evaluate(table).tolist()).toEqual([
    [2, 3, 4],
    [3, 4, 5],
    [4, 5, 6],
  ]);
});

test("a matrix with a new axis is no transposed matrix to a product", () => {
  const column = da.expandDims(da.arange(3), 1);
  expect(evaluate(column.matmul(da.ones([1, 2]))).tolist()).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
});

test("linspace is NumPy's, to the last bit", () => {
  const samples = fc.sample(
    fc.record({
      start: fc.double({ min: -100, max: 100, noNaN: true }),
      stop: fc.double({ min: -100, max: 100, noNaN: true }),
      count: fc.integer({ min: 0, max: 30 }),
      endpoint: fc.boolean(),
    }),
    fixed(100),
  );
  const expected = numpy(
    samples.map(({ endpoint, ...variables }) => ({
      expression: `np.linspace(start, stop, count, endpoint=${endpoint ? "True" : "False"})`,
      variables,
    })),
  );
  const actual = samples.map(({ start, stop, count, endpoint }) =>
    asNumpyValue(evaluate(da.linspace(start, stop, count, { endpoint, chunks: 7 }))),
  );
  expect(actual).toEqual(expected);
});

test("eye is NumPy's on every diagonal, and arrays are made in the likeness of others", () => {
  const ks = [-3, -1, 0, 2, 5];
  const expected = numpy(ks.map((k) => ({ expression: "np.eye(3, 4, int(k))", variables: { k } })));
  expect(ks.map((k) => asNumpyValue(evaluate(da.eye(3, { columns: 4, k, chunks: 2 }))))).toEqual(expected);
  const x = da.ones([4, 6], { chunks: [3, 2], dtype: "float32" });
  expect(da.zerosLike(x)).toMatchObject({ shape: [4, 6], chunks: x.chunks, dtype: "float32" });
  expect(evaluate(da.fullLike(da.ones(2), 7)).tolist()).toEqual([7, 7]);
  expect(evaluate(da.onesLike(x, { dtype: "int32" })).dtype).toBe("int32");
});

test("shapes that do not fit say which", () => {
  const [x, y] = [da.ones([2, 3]), da.ones([2, 4])];
  expect(() => da.concatenate([x, y])).toThrow(
    "shapes [2, 3] and [2, 4] along axis 0: all other axes must have equal sizes",
  );
  expect(() => da.stack([x, y])).toThrow("stack of shapes [2, 3] and [2, 4]: all must have one shape");
  expect(() => da.concatenate([])).toThrow("concatenate of no arrays: give at least one");
  expect(() => da.stack([])).toThrow("stack of no arrays: give at least one");
  expect(() => x.squeeze(1)).toThrow(
    "squeeze of axis 1 of shape [2, 3]: it has 3 elements, only axes of size 1 can go",
  );
  expect(() => da.broadcastTo(x, [3, 3])).toThrow("[2, 3] does not broadcast to [3,3]");
  expect(() => da.moveaxis(x, [0, 1], 0)).toThrow("give as many places as axes");
  expect(() => da.expandDims(x, 3)).toThrow("axis 3 does not exist in an array with 3 axes");
});
