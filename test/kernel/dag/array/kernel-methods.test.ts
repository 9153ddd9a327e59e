import { da } from "../../../../kernel/src/dag/array/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { evaluate } from "../../../support/evaluate.js";

const x = da.fromArray([3, -1, 4, 1, -5, 9], { chunks: 2 });
const list = (array: Parameters<typeof evaluate>[0]) => (evaluate(array) as NDArray).tolist();

test("the methods of an array give what the functions of da give", () => {
  expect(list(x.cumsum())).toEqual([3, 2, 6, 7, 2, 11]);
  expect(list(x.cumprod())).toEqual([3, -3, -12, -12, 60, 540]);
  expect(list(x.topk(2))).toEqual([9, 4]);
  expect(list(x.argtopk(-2))).toEqual([4, 1]);
  expect([evaluate(x.argmax()), evaluate(x.argmin())]).toEqual([5, 4]);
  expect(list(x.sort())).toEqual([-5, -1, 1, 3, 4, 9]);
  expect(list(x.take([5, 0, -2]))).toEqual([9, 3, -5]);
  expect(evaluate(x.var())).toBeCloseTo(evaluate(da.var(x)) as number, 14);
  expect(evaluate(x.std(0, { ddof: 1 }))).toBeCloseTo(Math.sqrt((133 - 121 / 6) / 5), 12);
  expect(evaluate(x.dot(x))).toBe(9 + 1 + 16 + 1 + 25 + 81);
});

test("compress takes a lazy comparison or a list", () => {
  expect(list(x.compress(x.greater(0)))).toEqual([3, 4, 1, 9]);
  expect(list(x.compress([true, false, false, false, false, true]))).toEqual([3, 9]);
});
