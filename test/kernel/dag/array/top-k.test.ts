import fc from "fast-check";
import { type AnyArray, da } from "../../../../kernel/src/dag/array/index.js";
import { arrays, chunksOf, dtypes, fixed, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, taskCount } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const cases = fc.tuple(shapes, dtypes).chain(([shape, dtype]) =>
  fc.record({
    a: arrays(shape, dtype),
    chunks: chunksOf(shape),
    axis: fc.integer({ min: 0, max: shape.length - 1 }),
    k: fc.integer({ min: 1, max: 12 }),
    largest: fc.boolean(),
  }),
);

/** 0 and -0 are equal, so either may come first. */
const unsigned = <V extends { readonly values: readonly number[] }>(value: V): V => ({
  ...value,
  values: value.values.map((number) => number + 0),
});

test("topk gives the end of what NumPy sorts, values and chunks, along any axis", () => {
  const sample = fc.sample(cases, fixed(200));
  const expected = numpy(
    sample.map(({ a, axis, k, largest }) => {
      const sorted = `np.sort(a, axis=${axis})`;
      const part = largest ? `np.flip(${sorted}, ${axis})` : sorted;
      return { expression: `np.take(${part}, range(min(${k}, a.shape[${axis}])), axis=${axis})`, variables: { a } };
    }),
  );
  for (const [i, { a, chunks, axis, k, largest }] of sample.entries()) {
    const result = da.topk(da.fromArray(a, { chunks }), largest ? k : -k, axis);
    expect(unsigned(asNumpyValue(evaluate(result)))).toEqual(unsigned(expected[i]));
    expect(result.chunks).toEqual(chunks.with(axis, [Math.min(k, a.shape[axis])]));
  }
});

test("argtopk gives where the elements of topk are, each once", () => {
  const sample = fc.sample(cases, fixed(120));
  const lists = sample.map(({ a, chunks, axis, k, largest }) => {
    const x = da.fromArray(a, { chunks });
    const wanted = largest ? k : -k;
    return { a, axis, values: evaluate(da.topk(x, wanted, axis)), positions: evaluate(da.argtopk(x, wanted, axis)) };
  });
  const expected = numpy(
    lists.map(({ a, axis, positions }) => ({
      expression: `np.take_along_axis(a, p.astype('i8'), axis=${axis})`,
      variables: { a, p: positions },
    })),
  );
  expect(lists.map(({ values }) => unsigned(asNumpyValue(values)))).toEqual(expected.map(unsigned));
  const distinct = numpy(
    lists.map(({ axis, positions }) => ({
      expression: `(np.diff(np.sort(p, axis=${axis}), axis=${axis}) > 0).all()`,
      variables: { p: positions },
    })),
  );
  expect(distinct.every(({ values }) => values[0] === 1)).toBe(true);
});

test("topk equals Dask's, also for more elements than there are", () => {
  const x = da.fromArray([5, 1, 3, 9, 2, 7, 9, 0], { chunks: 3 });
  const a = evaluate(x);
  const ks = [1, 3, 8, 20, -1, -3, -20];
  const dask = "__import__('dask.array').array";
  const expected = numpy(
    ks.map((k) => ({ expression: `${dask}.topk(${dask}.from_array(a, chunks=3), ${k}).compute()`, variables: { a } })),
  );
  expect(ks.map((k) => asNumpyValue(evaluate(da.topk(x, k))))).toEqual(expected);
});

test("of equal elements the first ones are found, across blocks", () => {
  const x = da.fromArray([2, 9, 9, 1, 9, 1], { chunks: 2 });
  expect(evaluate(da.argtopk(x, 3)).tolist()).toEqual([1, 2, 4]);
  expect(evaluate(da.argtopk(x, -2)).tolist()).toEqual([3, 5]);
});

test("argmax and argmin equal NumPy's: the first occurrence, the first NaN", () => {
  const sample = fc.sample(cases, fixed(200));
  const expected = numpy(
    sample.flatMap(({ a, axis }) => [
      { expression: `np.argmax(a, axis=${axis})`, variables: { a } },
      { expression: `np.argmin(a, axis=${axis})`, variables: { a } },
      { expression: "np.argmax(a)", variables: { a } },
      { expression: "np.argmin(a)", variables: { a } },
    ]),
  );
  const actual = sample.flatMap(({ a, chunks, axis }) => {
    const x = da.fromArray(a, { chunks });
    const results: readonly AnyArray[] = [da.argmax(x, axis), da.argmin(x, axis), da.argmax(x), da.argmin(x)];
    return results.map((result) => asNumpyValue(evaluate(result)));
  });
  // positions are int64 in NumPy
  const values = (all: typeof expected) => all.map(({ shape, values }) => ({ shape, values }));
  expect(values(actual)).toEqual(values(expected));
});

test("long lines, of which a kernel passes over most, have the same extremes as in NumPy", () => {
  const x = da.random.normal({ shape: 200_003, chunks: 60_000, seed: 4 });
  const a = evaluate(x);
  const expected = numpy([
    { expression: "np.sort(a)[::-1][:100]", variables: { a } },
    { expression: "np.sort(a)[:100]", variables: { a } },
    { expression: "np.argmax(a)", variables: { a } },
  ]);
  expect(asNumpyValue(evaluate(da.topk(x, 100)))).toEqual(expected[0]);
  expect(asNumpyValue(evaluate(da.topk(x, -100)))).toEqual(expected[1]);
  expect(evaluate(da.argmax(x))).toBe(expected[2].values[0]);
  const ascending = da.arange(50_000, { chunks: 20_000 });
  expect(Array.from(evaluate(da.topk(ascending, 3)).data)).toEqual([49_999, 49_998, 49_997]);
});

test("what feeds topk is computed in the same task", () => {
  expect(taskCount(da.topk(da.arange(12, { chunks: 4 }).multiply(2), 2))).toBe(4);
});

test("a k that cannot be, and the extreme of nothing, are errors", () => {
  expect(() => da.topk(da.arange(3), 0)).toThrow("k must be an integer other than 0 and is 0");
  expect(() => da.argmax(da.zeros(0))).toThrow("argmax of an array of shape [0] has no elements to compare");
});
