import { da } from "../../../../kernel/src/dag/array/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const a = da.arange(12, { chunks: 12 });
const matrix = (rows: number, columns: number) =>
  da.fromArray(
    Float64Array.from({ length: rows * columns }, (_, i) => i),
    { shape: [rows, columns], chunks: 2 },
  );
const x = matrix(3, 4);
const y = matrix(4, 2);
const v = da.fromArray([1, -2, 3, 5], { chunks: 3 });

test("dot, tensordot and einsum equal NumPy's", () => {
  const cases = [
    ["np.dot(x, y)", da.dot(x, y)],
    ["np.dot(x, v)", da.dot(x, v)],
    ["np.dot(v, y)", da.dot(v, y)],
    ["np.dot(v, v)", da.dot(v, v)],
    ["np.tensordot(x, y, axes=1)", da.tensordot(x, y)],
    ["np.einsum('ij,jk->ik', x, y)", da.einsum("ij,jk->ik", x, y)],
    ["np.einsum('ij,jk->ki', x, y)", da.einsum("ij,jk->ki", x, y)],
    ["np.einsum('ki,kj->ij', y, y)", da.einsum("ki, kj -> ij", y, y)],
    ["np.einsum('ik,jk->ij', x, x)", da.einsum("ik,jk->ij", x, x)],
    ["np.einsum('ji,kj->ik', y, x)", da.einsum("ji,kj->ik", y, x)],
  ] as const;
  const variables = Object.fromEntries(
    Object.entries({ x, y, v }).map(([name, array]) => [name, evaluate(array) as NDArray]),
  );
  const expected = numpy(cases.map(([expression]) => ({ expression, variables })));
  for (const [i, [, array]] of cases.entries()) expect(asNumpyValue(evaluate(array))).toEqual(expected[i]);
});

test.each([
  [() => da.dot(x, x), "dot of shapes [3,4] and [3,4]: give arrays with one or two axes"],
  [() => da.dot(da.ones([2, 2, 2]), a), "give arrays with one or two axes"],
  [() => da.tensordot(x, y, 2), "tensordot over 2 axes is not there: use axes 1"],
  [() => da.einsum("ii->i", x, y), 'einsum of "ii->i" is not there: use two matrices that share one index'],
  [() => da.einsum("ij,ij->ij", x, x), "share one index"],
  [() => da.einsum("ij,jk->ij", x, y), "share one index"],
])("what is not there is an error when the graph is built (%#)", (build, message) => {
  expect(build).toThrow(message);
});
