import { da } from "../../../../kernel/src/dag/array/index.js";
import { ArgumentError } from "../../../../kernel/src/errors.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const numbers = [3, -1, NaN, 3, 0, 7.5, -1, Infinity, NaN, 3, -Infinity];
const a = evaluate(da.fromArray(numbers));
const x = da.fromArray(numbers, { chunks: 4 });

test("unique gives NumPy's elements and counts, NaN once, from any shape and chunks", () => {
  const [values, counts] = numpy(
    ["np.unique(a)", "np.unique(a, return_counts=True)[1]"].map((expression) => ({
      expression,
      variables: { a },
    })),
  );
  const [own, ownCounts] = da.unique(x, { returnCounts: true });
  expect([asNumpyValue(evaluate(own)), asNumpyValue(evaluate(ownCounts))]).toEqual([values, counts]);
  expect(asNumpyValue(evaluate(da.unique(x)))).toEqual(values);
  const matrix = da.fromArray(
    [
      [2, 1, 2],
      [1, 1, 9],
    ],
    { chunks: [1, 2], dtype: "int32" },
  );
  expect(asNumpyValue(evaluate(da.unique(matrix)))).toEqual({ dtype: "int32", shape: [3], values: [1, 2, 9] });
  expect(Array.from(evaluate(da.unique(da.fromArray([4]))).data)).toEqual([4]);
  expect(evaluate(da.unique(da.zeros(0))).shape).toEqual([0]);
});

test("unique of many equal numbers counts all of them", () => {
  const many = da.mod(da.arange(10_000, { chunks: 999 }), 7);
  const [values, counts] = da.unique(many, { returnCounts: true });
  expect(Array.from(evaluate(values).data)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(evaluate(counts).tolist()).toEqual([1429, 1429, 1429, 1429, 1428, 1428, 1428]);
});

test("searchsorted and digitize find NumPy's places, those of NaN and infinities too", () => {
  const edges = [-1, 0, 3, 3, 8];
  const list = `np.array([${edges}])`;
  const expected = numpy(
    [
      `np.searchsorted(${list}, a)`,
      `np.searchsorted(${list}, a, side='right')`,
      `np.digitize(a, ${list})`,
      `np.digitize(a, ${list}, right=True)`,
    ].map((expression) => ({ expression, variables: { a } })),
  );
  const own = [
    da.searchsorted(edges, x),
    da.searchsorted(Float64Array.from(edges), x, "right"),
    da.digitize(x, edges),
    da.digitize(x, edges, true),
  ];
  expect(own.map((one) => asNumpyValue(evaluate(one)))).toEqual(expected);
  expect(() => da.searchsorted([1, 0], x)).toThrow(/\[ 1, 0 \] are no ascending numbers/);
});

test("bincount counts whole numbers, and refuses others", () => {
  const whole = [1, 3, 3, 0, 1, 3];
  const counted = da.bincount(da.fromArray(whole, { chunks: 4, dtype: "int32" }), 5);
  const [expected] = numpy([{ expression: `np.bincount(${JSON.stringify(whole)}, minlength=5)`, variables: {} }]);
  expect(asNumpyValue(evaluate(counted))).toEqual(expected);
  expect(() => evaluate(da.bincount(da.fromArray(whole), 3))).toThrow(/element 3 is no integer from 0 to 2/);
  expect(() => evaluate(da.bincount(da.fromArray([0.5]), 3))).toThrow(ArgumentError);
  expect(() => da.bincount(x, 0)).toThrow(ArgumentError);
});

test("nonzero gives the positions along each axis in C order", () => {
  const c = evaluate(
    da.fromArray([
      [0, 2, 0],
      [NaN, 0, 0],
      [1, 1, 0],
      [0, 0, 5],
    ]),
  );
  const expected = numpy([0, 1].map((axis) => ({ expression: `np.nonzero(a)[${axis}]`, variables: { a: c } })));
  for (const chunks of [
    [4, 3],
    [3, 2],
    [1, 1],
  ]) {
    const own = da.nonzero(da.fromArray(c, { chunks })).map((line) => asNumpyValue(evaluate(line)));
    expect(own).toEqual(expected);
  }
  expect(evaluate(da.nonzero(da.fromArray([0, 3, 4]))[0]).tolist()).toEqual([1, 2]);
});
