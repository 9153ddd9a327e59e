import { inspect } from "node:util";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";

const matrix = new NDArray(Float64Array.of(1, 2.5, NaN, -Infinity, 1e-20, 1 / 3), [2, 3]);

test("get takes one index per axis, negative ones from the end", () => {
  expect([matrix.get(0, 1), matrix.get(-1, -1)]).toEqual([2.5, 1 / 3]);
  expect(() => matrix.get(0)).toThrow("get(0) has 1 indices but the array has 2 axes");
  expect(() => matrix.get(0, 3)).toThrow(
    "index 3 is out of bounds for axis 1 with size 3: use an integer from -3 to 2",
  );
});

test("tolist nests lists as deep as the array has axes", () => {
  expect(matrix.tolist()).toEqual([
    [1, 2.5, NaN],
    [-Infinity, 1e-20, 1 / 3],
  ]);
  expect(new NDArray(Int32Array.of(7), []).tolist()).toBe(7);
});

test("strides give other views of the same elements", () => {
  const transposed = new NDArray(Int32Array.of(1, 2, 3, 4, 5, 6), [3, 2], [1, 3]);
  expect(transposed.tolist()).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
  expect([matrix.strides, matrix.dtype, matrix.ndim, matrix.size]).toEqual([[3, 1], "float64", 2, 6]);
});

test("a shape that needs more elements than there are is an error", () => {
  expect(() => new NDArray(new Float32Array(5), [2, 3])).toThrow(
    "shape [2,3] with strides [3,1] needs 6 elements, data has 5",
  );
});

test("an array prints as NumPy prints it", () => {
  expect(inspect(matrix)).toBe(`float64 [2, 3]
[[       1,      2.5,      nan],
 [    -inf,    1e-20, 0.333333]]`);
});

test("of a large array only the corners are shown", () => {
  const large = new NDArray(
    Int32Array.from({ length: 10_000 }, (_, i) => i),
    [100, 100],
  );
  expect(inspect(large)).toBe(`int32 [100, 100]
[[   0,    1,    2, ...,   97,   98,   99],
 [ 100,  101,  102, ...,  197,  198,  199],
 [ 200,  201,  202, ...,  297,  298,  299],
 ...,
 [9700, 9701, 9702, ..., 9797, 9798, 9799],
 [9800, 9801, 9802, ..., 9897, 9898, 9899],
 [9900, 9901, 9902, ..., 9997, 9998, 9999]]`);
  const deep = new NDArray(new Float64Array(10 ** 5), [10, 10, 10, 10, 10]);
  expect(inspect(deep).length).toBeLessThan(3000);
});

test("in a cell an array is a table with row and column numbers", () => {
  const symbol = Symbol.for("Jupyter.display");
  const small = new NDArray(Int32Array.of(1, 2), [1, 2]) as unknown as Record<symbol, () => Record<string, string>>;
  expect(small[symbol]()).toEqual({
    "text/plain": "int32 [1, 2]\n[[1, 2]]",
    "text/html":
      "<table><caption>int32 [1, 2]</caption><thead><tr><th></th><th>0</th><th>1</th></tr></thead>" +
      "<tbody><tr><th>0</th><td>1</td><td>2</td></tr></tbody></table>",
  });
});

test("prints its elements in a template string", () => {
  expect(`${new NDArray(Int32Array.of(1, 2), [2])}`).toBe("int32 [2]\n[1, 2]");
});

test("an operator is an error that says what to do", () => {
  const array = new NDArray(Int32Array.of(1, 2), [2]) as unknown as number;
  for (const operate of [() => array * 2, () => array + 1, () => array > 0]) {
    expect(operate).toThrow("an NDArray int32 [2] has no operators such as + and <: compute with da.fromArray(x)");
  }
});

test("data that is no typed array is refused", () => {
  expect(() => new NDArray([1, 2] as never, [2])).toThrow(
    "the data is not a typed array: give one such as Float64Array",
  );
});
