import fc from "fast-check";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { type ElementArray, dtypes as everyDtype } from "../../../../kernel/src/dag/memory/dtype.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { allDtypes, anyArrays, arrayOf, chunkedArrays, fixed, wholeDtypes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, withoutSignOfZero } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

type Any = NDArray<ElementArray>;

const lazy = ({ a, chunks }: { readonly a: Any; readonly chunks: number[][] }) => da.fromArray(a, { chunks });

test("sort, topk and argtopk of every element type equal NumPy's", () => {
  const cases = fc.sample(chunkedArrays(wholeDtypes), fixed(150));
  const variables = cases.map(({ a }) => ({ a }));
  const expected = numpy(
    cases.flatMap(({ axis }, i) => [
      { expression: `np.sort(a, axis=${axis})`, variables: variables[i] },
      {
        expression: `np.flip(np.sort(a, axis=${axis}), ${axis}).take(np.arange(min(2, a.shape[${axis}])), ${axis})`,
        variables: variables[i],
      },
      {
        expression: `np.argsort(a, axis=${axis}, kind="stable").take(np.arange(min(3, a.shape[${axis}])), ${axis})`,
        variables: variables[i],
      },
    ]),
  );
  for (const [i, one] of cases.entries()) {
    const [sorted, top, order] = expected.slice(3 * i, 3 * i + 3);
    expect(asNumpyValue(evaluate(lazy(one).sort(one.axis)))).toEqual(sorted);
    expect(asNumpyValue(evaluate(lazy(one).topk(2, one.axis)))).toEqual(top);
    expect(asNumpyValue(evaluate(lazy(one).argtopk(-3, one.axis)))).toEqual(order);
  }
});

test.each(everyDtype)("long lines of %s, over several blocks, are sorted and merged as by NumPy", (dtype) => {
  const [a] = fc.sample(anyArrays([9000], dtype, false), fixed(1));
  const [sorted] = numpy([{ expression: "np.sort(a)", variables: { a } }]);
  const ours = asNumpyValue(evaluate(da.fromArray(a, { chunks: 2500 }).sort()));
  expect(withoutSignOfZero(ours)).toEqual(withoutSignOfZero(sorted));
});

test("where, clip, slices, transposes, rechunks, take and compress move elements of every type", () => {
  const cases = fc.sample(chunkedArrays(allDtypes), fixed(200));
  const expected = numpy(
    cases.flatMap(({ a }) => [
      { expression: "np.where(a > np.roll(a, 1), a, np.flip(a))", variables: { a } },
      { expression: "a[..., ::-1].T + np.zeros_like(a).T", variables: { a } },
      { expression: "a.take([0, -1, 0], 0)", variables: { a } },
      { expression: "a[a != 0]", variables: { a } },
    ]),
  );
  for (const [i, one] of cases.entries()) {
    const { a } = one;
    const x = lazy(one);
    const all = a.shape.map(() => "::-1");
    const rolled = da.fromArray(rolledBy1(a));
    const actual = [
      da.where(x.greater(rolled), x, x.slice(all.join(", "))),
      x
        .slice([...a.shape.slice(1).map(() => ":"), "::-1"].join(", "))
        .rechunk(2)
        .T.add(da.zeros(a.shape.toReversed(), { dtype: a.dtype })),
      x.take([0, -1, 0], 0),
      x.compress(x.notEqual(0)),
    ];
    expect(actual.map((array) => withoutSignOfZero(asNumpyValue(evaluate(array))))).toEqual(
      expected.slice(4 * i, 4 * i + 4).map(withoutSignOfZero),
    );
  }
});

function rolledBy1(a: Any): Any {
  const values = Array.from<number | bigint>(a.data);
  return arrayOf([...values.slice(-1), ...values.slice(0, -1)], a.shape, a.dtype);
}

test("products of matrices of integers wrap around as NumPy's do", () => {
  const cases = fc.sample(
    fc
      .tuple(
        wholeDtypes,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
      )
      .chain(([dtype, m, k, n]) => fc.record({ a: anyArrays([m, k], dtype), b: anyArrays([k, n], dtype) })),
    fixed(80),
  );
  const integers = cases.filter(({ a }) => a.dtype !== "bool");
  const lines = integers.map(({ a }) => da.fromArray(a).slice(0));
  const dots = numpy(integers.map(({ a }) => ({ expression: "np.dot(a[0], a[0])", variables: { a } })));
  expect(lines.map((line) => asNumpyValue(evaluate(da.dot(line, line)), line.dtype))).toEqual(dots);
  const expected = numpy(integers.map((variables) => ({ expression: "a @ b", variables })));
  const actual = integers.map(({ a, b }) =>
    asNumpyValue(evaluate(da.fromArray(a, { chunks: 4 }).matmul(da.fromArray(b, { chunks: 3 })))),
  );
  expect(actual).toEqual(expected);
});
