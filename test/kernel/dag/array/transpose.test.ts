import { da } from "../../../../kernel/src/dag/array/index.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

// Sides that are no multiple of a vector or a tile: what the kernel leaves over is copied by loops.
const sides = [
  [1, 40],
  [3, 5],
  [64, 16],
  [67, 35],
  [133, 70],
] as const;

test.each(sides)(
  "a transposed array of %d rows and %d columns equals NumPy's, of any element type",
  (rows, columns) => {
    const inputs = (["float64", "float32", "int32"] as const).map((dtype) =>
      da.random.normal({ shape: [rows, columns], chunks: [50, 40], seed: 3, scale: 1000 }).astype(dtype),
    );
    const expected = numpy(inputs.map((x) => ({ expression: "a.T", variables: { a: evaluate(x) } })));
    expect(inputs.map((x) => asNumpyValue(evaluate(x.T)))).toEqual(expected);
  },
);

test("axes of three are put in any order, within blocks and across them", () => {
  const x = da.random.normal({ shape: [20, 33, 18], chunks: [20, 17, 9], seed: 3 });
  const orders = [
    [2, 1, 0],
    [1, 0, 2],
    [0, 2, 1],
    [1, 2, 0],
  ];
  const a = evaluate(x);
  const expected = numpy(orders.map((order) => ({ expression: `a.transpose(${order})`, variables: { a } })));
  expect(orders.map((order) => asNumpyValue(evaluate(x.transpose(order))))).toEqual(expected);
});
