import fc from "fast-check";
import type { AnyArray } from "../../../../kernel/src/dag/array/index.js";
import { da } from "../../../../kernel/src/dag/array/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, chunksOf, dtypes, fixed, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

/** Not 0 exactly where an integer is above `limit`. */
const above = (x: AnyArray, limit: number) => x.subtract(limit).add(x.subtract(limit).abs());

const cases = fc.tuple(shapes, dtypes, dtypes).chain(([shape, dtype, maskType]) =>
  fc.record({
    a: arrays(shape, dtype),
    mask: arrays(shape, maskType).map((mask) => ({ ...mask, data: mask.data.map((x) => (Math.abs(x) > 1e5 ? 0 : x)) })),
    chunks: chunksOf(shape),
    maskChunks: chunksOf(shape),
  }),
);

test("compress gives the elements of NumPy's x[mask], for any chunks of both", () => {
  const sample = fc.sample(cases, fixed(150)).map((one) => ({
    ...one,
    mask: evaluate(da.fromArray(one.mask.data, { shape: one.mask.shape })) as NDArray,
  }));
  const expected = numpy(sample.map(({ a, mask }) => ({ expression: "a[mask != 0]", variables: { a, mask } })));
  const actual = sample.map(({ a, mask, chunks, maskChunks }) =>
    asNumpyValue(evaluate(da.compress(da.fromArray(a, { chunks }), da.fromArray(mask, { chunks: maskChunks })))),
  );
  expect(actual).toEqual(expected);
});

test("compress along an axis equals np.compress, with a lazy condition and with a known one", () => {
  const along = fc.tuple(shapes, dtypes).chain(([shape, dtype]) =>
    fc.integer({ min: 0, max: shape.length - 1 }).chain((axis) =>
      fc.record({
        a: arrays(shape, dtype),
        chunks: chunksOf(shape),
        axis: fc.constant(axis),
        truths: fc.array(fc.boolean(), { minLength: shape[axis], maxLength: shape[axis] }),
      }),
    ),
  );
  const sample = fc.sample(along, fixed(120));
  const expected = numpy(
    sample.map(({ a, axis, truths }) => ({
      expression: `np.compress([${truths.map((truth) => (truth ? "True" : "False"))}], a, axis=${axis})`,
      variables: { a },
    })),
  );
  for (const [i, { a, chunks, axis, truths }] of sample.entries()) {
    const x = da.fromArray(a, { chunks });
    expect(asNumpyValue(evaluate(da.compress(x, truths, axis)))).toEqual(expected[i]);
    const lazy = da.fromArray(truths.map(Number), { chunks: 2, dtype: "int32" });
    expect(asNumpyValue(evaluate(da.compress(x, lazy, axis)))).toEqual(expected[i]);
  }
});

test("a long line is compressed as NumPy does, whether few or most elements stay", () => {
  const x = da.random.uniform({ shape: 100_000, chunks: 30_000, seed: 1 });
  const a = evaluate(x);
  const shares = [0.01, 0.5, 0.99];
  const expected = numpy(shares.map((share) => ({ expression: "a[a > limit]", variables: { a, limit: 1 - share } })));
  for (const [i, share] of shares.entries()) {
    expect(asNumpyValue(evaluate(da.compress(x, above(x, 1 - share))))).toEqual(expected[i]);
  }
});

describe("an array whose sizes follow from values", () => {
  const x = da.arange(20, { chunks: 5 });
  const y = da.compress(x, above(x, 10));

  test("has NaN as sizes, shown as question marks", () => {
    expect([y.shape, y.chunks, y.size]).toEqual([[NaN], [[NaN, NaN, NaN, NaN]], NaN]);
    expect(String(y)).toBe("ChunkedArray(float64 [?])");
  });

  test("says how to find the sizes where they are needed", () => {
    const cure = "shape [?]) are not known before it is computed: call y = await da.computeChunkSizes(y) first";
    expect(() => y.slice(0)).toThrow(`indexing needs the sizes of the blocks, and those of this array (${cure}`);
    expect(() => y.slice("2:4")).toThrow(cure);
    expect(() => y.rechunk(3)).toThrow(`rechunk needs`);
    expect(() => da.take(y, [0])).toThrow(cure);
    expect(() => da.sort(y)).toThrow(cure);
    expect(() => y.add(x)).toThrow("shapes [?] and [20] cannot be compared");
  });

  test("goes through formulas and reductions", () => {
    expect(Array.from(evaluate(y.add(y)).data)).toEqual([22, 24, 26, 28, 30, 32, 34, 36, 38]);
    const reduced = [y.sum(), y.mean(), y.max(), da.var(y)].map((value) => evaluate(value));
    expect(reduced).toEqual([135, 15, 19, 60 / 9]);
    expect(Array.from(evaluate(da.cumsum(y)).data)).toEqual([11, 23, 36, 50, 65, 81, 98, 116, 135]);
    expect(evaluate(y.slice(":")).size).toBe(9);
  });

  test("cannot meet another selection", () => {
    const other = da.compress(x, above(x, 12));
    expect(() => evaluate(y.add(other))).toThrow(
      "blocks that meet have 4 and 2 elements along axis 0: arrays of unknown chunk sizes must come from the same selection",
    );
  });

  test("keeps its other axes when it is reduced along one", () => {
    const rows = da.compress(
      da.arange(6, { chunks: 2 }).multiply(da.ones([4, 6], { chunks: 2 })),
      da.fromArray([1, 0, 0, 1], { chunks: 2 }),
      0,
    );
    expect(evaluate(rows.sum(1))).toMatchObject({ shape: [2] });
    expect(evaluate(rows.sum(0, { keepdims: true })).tolist()).toEqual([[0, 2, 4, 6, 8, 10]]);
    expect(evaluate(rows.mean(1)).tolist()).toEqual([2.5, 2.5]);
  });
});

test("integer indexing takes elements in the order of the list, in chunks of the array's size", () => {
  const x = da.arange(20, { chunks: 5 });
  const some = da.take(x, [1, 6, 2, 19]);
  expect([some.chunks, Array.from(evaluate(some).data)]).toEqual([[[4]], [1, 6, 2, 19]]);
  const even = da.compress(
    x,
    Array.from({ length: 20 }, (_, i) => i % 2 === 0),
  );
  expect([even.chunks, Array.from(evaluate(even).data)]).toEqual([[[5, 5]], [0, 2, 4, 6, 8, 10, 12, 14, 16, 18]]);
  expect(evaluate(da.take(x, [])).size).toBe(0);
  expect(() => da.take(x, [25])).toThrow(
    "index 25 is out of bounds for axis 0 with size 20: use an integer from -20 to 19",
  );
  expect(() => da.take(x, [0.5])).toThrow("index 0.5 is out of bounds");
  expect(() => da.take(x, x as never)).toThrow("compute an array of indices first");
});

test("take equals np.take along any axis", () => {
  const along = fc.tuple(shapes, dtypes).chain(([shape, dtype]) =>
    fc.integer({ min: 0, max: shape.length - 1 }).chain((axis) =>
      fc.record({
        a: arrays(shape, dtype),
        chunks: chunksOf(shape),
        axis: fc.constant(axis),
        indices: fc.array(fc.integer({ min: -shape[axis], max: shape[axis] - 1 }), { minLength: 1, maxLength: 20 }),
      }),
    ),
  );
  const sample = fc.sample(along, fixed(100));
  const expected = numpy(
    sample.map(({ a, axis, indices }) => ({ expression: `np.take(a, [${indices}], axis=${axis})`, variables: { a } })),
  );
  expect(
    sample.map(({ a, chunks, axis, indices }) =>
      asNumpyValue(evaluate(da.take(da.fromArray(a, { chunks }), indices, axis))),
    ),
  ).toEqual(expected);
});

test("vindex takes points, blocks takes blocks", () => {
  const x = da.fromArray(
    Float64Array.from({ length: 100 }, (_, i) => i),
    { shape: [10, 10], chunks: [3, 4] },
  );
  expect(Array.from(evaluate(da.vindex(x, [0, 5, -1], [1, 2, 0])).data)).toEqual([1, 52, 90]);
  expect(evaluate(da.blocks(x, 1, 2)).tolist()).toEqual([
    [38, 39],
    [48, 49],
    [58, 59],
  ]);
  expect(da.blocks(x, -1).chunks).toEqual([[1], [4, 4, 2]]);
  expect(() => da.vindex(x, [0, 1])).toThrow("give one list per axis, all of one length");
  expect(() => da.blocks(x, 4)).toThrow("block 4 does not exist along axis 0, which has 4 blocks");
});

test("a condition that does not fit is an error", () => {
  const x = da.ones([4, 6], { chunks: 2 });
  expect(() => da.compress(x, da.ones([4, 5]))).toThrow(
    "a condition of shape [4, 5] does not fit: give one of shape [4, 6]",
  );
  expect(() => da.compress(x, [true, false], 0)).toThrow(
    "a condition of shape [2] does not fit: give one of shape [4]",
  );
  expect(() => da.compress(da.compress(da.ones(4), da.ones(4)), da.ones(4))).toThrow(
    "a condition of shape [4] does not fit: give one of shape [?]",
  );
});
