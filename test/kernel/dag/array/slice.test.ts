import fc from "fast-check";
import { da, slice } from "../../../../kernel/src/dag/array/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, chunksOf, dtypes, fixed, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, taskCount } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const line = da.arange(20, { chunks: 5 });

test.each([
  ["3:13", [2, 5, 3], [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  ["::3", [2, 2, 1, 2], [0, 3, 6, 9, 12, 15, 18]],
  ["-3:", [3], [17, 18, 19]],
  ["12:3:-2", [2, 2, 1], [12, 10, 8, 6, 4]],
  ["5:5", [0], []],
  ["100:", [0], []],
])("arange(20) in chunks of 5, sliced %s, has chunks %j", (text, chunks, values) => {
  const part = line.slice(text);
  expect(part.chunks).toEqual([chunks]);
  expect((evaluate(part) as NDArray).tolist()).toEqual(values);
});

test("a negative step turns the blocks around", () => {
  expect(line.slice("::-1").chunks).toEqual([[5, 5, 5, 5]]);
  expect((evaluate(line.slice("::-1")) as NDArray).tolist()).toEqual(Array.from({ length: 20 }, (_, i) => 19 - i));
});

test("an index drops its axis and newaxis adds one", () => {
  expect(evaluate(line.slice(2))).toBe(2);
  expect(line.slice(":, newaxis").chunks).toEqual([[5, 5, 5, 5], [1]]);
  expect(da.ones([10, 10], { chunks: [3, 4] }).slice("2:9, 1").chunks).toEqual([[1, 3, 3]]);
});

test("text, slice objects and null say the same", () => {
  const x = da.arange(20, { chunks: 5 }).slice("newaxis, :").add(da.arange(4).slice(":, newaxis"));
  const expected = evaluate(x.slice("1:3, :")) as NDArray;
  expect((evaluate(x.slice(slice(1, 3), null)) as NDArray).data).toEqual(expected.data);
  expect((evaluate(x.slice("1:3", "...")) as NDArray).data).toEqual(expected.data);
});

test("an index that does not exist is an error before anything runs", () => {
  expect(() => line.slice(20)).toThrow(
    "index 20 is out of bounds for axis 0 with size 20: use an integer from -20 to 19",
  );
  expect(() => line.slice(1, 2)).toThrow("too many indices: 2 for an array with 1 axes");
  expect(() => line.slice("::0")).toThrow("needs integers and a step other than 0");
  expect(() => line.slice("a:b")).toThrow('"a:b" is not an index');
});

const bound = fc.option(fc.integer({ min: -12, max: 12 }), { freq: 4 });
const items = fc.oneof(
  fc
    .tuple(bound, bound, fc.constantFrom(null, 1, 2, 3, -1, -2))
    .map((parts) => parts.map((part) => part ?? "").join(":")),
  fc.constantFrom("0", "-1", "newaxis"),
);

test("random slices equal NumPy's", () => {
  const cases = fc.sample(
    fc.tuple(shapes, dtypes).chain(([shape, dtype]) =>
      fc.record({
        a: arrays(shape, dtype),
        chunks: chunksOf(shape),
        text: fc.array(items, { minLength: 1, maxLength: shape.length }).map((list) => list.join(", ")),
      }),
    ),
    fixed(150),
  );
  const expected = numpy(
    cases.map(({ a, text }) => ({ expression: `a[${text.replaceAll("newaxis", "None")}]`, variables: { a } })),
  );
  const actual = cases.map(({ a, chunks, text }) =>
    asNumpyValue(evaluate(da.fromArray(a, { chunks }).slice(text)), a.dtype),
  );
  expect(actual).toEqual(expected);
});

test("blocks of which nothing is taken have no task", () => {
  // a kernel and a copy; all ten blocks would take twenty
  expect(taskCount(da.arange(100, { chunks: 10 }).divide(10).add(1).slice(":5"))).toBe(2);
});
