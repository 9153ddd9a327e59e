import { type AnyArray, da } from "../../../../kernel/src/dag/array/index.js";
import { ArgumentError, ShapeError } from "../../../../kernel/src/errors.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const a = evaluate(da.random.integers({ shape: [6, 4], low: -20, high: 20, seed: 7 }));
const x = da.fromArray(a, { chunks: [4, 3] });
const cases: readonly (readonly [python: string, own: () => AnyArray])[] = [
  ["np.pad(a, 2)", () => da.pad(x, 2)],
  ["np.pad(a, (0, 3), constant_values=9)", () => da.pad(x, [0, 3], 9)],
  [
    "np.pad(a, ((1, 2), (3, 0)), 'edge')",
    () =>
      da.pad(
        x,
        [
          [1, 2],
          [3, 0],
        ],
        "edge",
      ),
  ],
  [
    "np.pad(a, ((5, 2), (3, 3)), 'reflect')",
    () =>
      da.pad(
        x,
        [
          [5, 2],
          [3, 3],
        ],
        "reflect",
      ),
  ],
  ["np.pad(a, 4, 'symmetric')", () => da.pad(x, 4, "symmetric")],
  [
    "np.pad(a, ((6, 1), (2, 4)), 'wrap')",
    () =>
      da.pad(
        x,
        [
          [6, 1],
          [2, 4],
        ],
        "wrap",
      ),
  ],
  ["a.reshape(3, 2, 2, 2).mean(axis=(1, 3))", () => da.coarsen("mean", x, { 0: 2, 1: 2 })],
  ["a.reshape(2, 3, 4).sum(axis=1)", () => da.coarsen("sum", x, { 0: 3 })],
  ["a.reshape(6, 1, 4).max(axis=2)", () => da.coarsen("max", x, { [-1]: 4 })],
  ["np.ptp(a, axis=0)", () => da.ptp(x, 0)],
  ["np.isin(a, [3, -7, 11, np.nan])", () => da.isin(x, [3, -7, 11, Number.NaN])],
  ["np.isin(a, a[:2].T)", () => da.isin(x, evaluate(x.slice(":2").T))],
  ["np.argwhere(a > 5)", () => da.argwhere(x.greater(5))],
  ["np.quantile(a[:, 0], [0, 0.25, 1])", () => da.quantile(x.slice(":, 0"), [0, 0.25, 1])],
];

test.each(cases)("%s is NumPy's", (expression, own) => {
  const [expected] = numpy([{ expression, variables: { a } }]);
  expect(asNumpyValue(evaluate(own()))).toEqual(expected);
});

test("widths and boxes that do not fit are errors", () => {
  expect(() => da.pad(x, -1)).toThrow(ArgumentError);
  expect(() =>
    da.pad(x, [
      [1, 1],
      [1, 1],
      [1, 1],
    ]),
  ).toThrow("is not for 2 axes");
  expect(() =>
    da.pad(
      x,
      [
        [0, 0],
        [0, 4],
      ],
      "reflect",
    ),
  ).toThrow('its 4 elements give 3 by "reflect"');
  expect(() => da.pad(x, 1, "mirror" as "wrap")).toThrow("is 'mirror'");
  expect(() => da.coarsen("sum", x, { 0: 4 })).toThrow("boxes of 4 do not fill axis 0, which has 6 elements");
  expect(() => da.argwhere(da.ones([]))).toThrow(ShapeError);
});
