import { da } from "../../../../kernel/src/dag/array/index.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { ArgumentError, ChunkError, DTypeError, ShapeError } from "../../../../kernel/src/errors.js";
import { asNumpyValue, evaluate, taskCount } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const line = new NDArray(
  Float64Array.from({ length: 60 }, (_, i) => ((i * 37) % 11) - 4),
  [10, 6],
);
const row = new NDArray(Float64Array.of(1, 2, 3, 4, 5, 6), [6]);
const column = new NDArray(
  Float64Array.from({ length: 10 }, (_, i) => i / 2),
  [10, 1],
);
const [x, y, z] = [line, row, column].map((data) => da.fromArray(data, { chunks: 4 }));

/** Calls for each element of a block, with its place in it. */
const mapped = (block: NDArray, fn: (value: number, i: number, j: number) => number) =>
  Array.from({ length: block.shape[0] }, (_, i) =>
    Array.from({ length: block.shape[1] }, (_, j) => fn(block.get(i, j), i, j)),
  );
const sumOf = (block: NDArray) => Array.from(block.data).reduce((a, b) => a + b, 0);
// Names that eval is given are not seen inside of a lambda: its arguments are.
const dask = (call: string) =>
  `(lambda da, x, y, z: (lambda x, y, z: da.map_blocks(${call}).compute())(*(da.from_array(a, chunks=4) for a in (x, y, z))))` +
  '(__import__("dask.array").array, x, y, z)';

test.each([
  ["one array, like its blocks", x.mapBlocks((b) => b.data.map((v) => v * 2)), "lambda b: b * 2, x"],
  [
    "arrays that are broadcast, and a number",
    da.mapBlocks((a, b, c, k) => mapped(a, (v, i, j) => v * b.get(j) - c.get(i, 0) * k), x, y, z, 3),
    "lambda a, b, c, k: a * b - c * k, x, y, z, 3",
  ],
  [
    "the number of the block",
    x.mapBlocks((b, { index }) => mapped(b, (v) => v + 10 * index[0] + index[1])),
    "lambda b, block_id: b + 10 * block_id[0] + block_id[1], x, dtype='f8'",
  ],
  [
    "its place in the whole",
    x.mapBlocks((b, { location: [[top], [left]] }) => mapped(b, (_, i, j) => 100 * (top + i) + left + j)),
    "lambda b, block_info: np.add.outer(*[k * np.arange(*l) for k, l in zip((100., 1.), block_info[None]['array-location'])]), x, dtype='f8'",
  ],
  [
    "another element type",
    x.mapBlocks((b) => Int32Array.from(b.data), { dtype: "int32" }),
    "lambda b: b.astype('i4'), x, dtype='i4'",
  ],
  ["other sizes", x.mapBlocks((b) => [[sumOf(b)]], { chunks: 1 }), "lambda b: b.sum(keepdims=True), x, chunks=(1, 1)"],
  [
    "sizes of every block",
    x.mapBlocks((b) => mapped(b, (v) => v).flatMap((line) => [line, line]), {
      chunks: [
        [8, 8, 4],
        [4, 2],
      ],
    }),
    "lambda b: np.repeat(b, 2, 0), x, chunks=((8, 8, 4), (4, 2))",
  ],
  [
    "an axis less",
    x.mapBlocks((b) => Array.from({ length: b.shape[1] }, (_, j) => b.get(0, j) + b.get(-1, j)), { dropAxis: 0 }),
    "lambda b: b[0] + b[-1], x, drop_axis=0",
  ],
  [
    "an axis more",
    x.mapBlocks((b) => mapped(b, (v) => v).map((line) => [line]), { newAxis: 1 }),
    "lambda b: b[:, None], x, new_axis=1",
  ],
  [
    "one axis for another",
    x.mapBlocks((b) => [0, 1, 2].map((k) => mapped(b, (v) => v).map((line) => k + line.reduce((p, q) => p + q, 0))), {
      dropAxis: -1,
      newAxis: 0,
      chunks: [3, [4, 4, 2]],
    }),
    "lambda b: np.add.outer(np.arange(3.), b.sum(1)), x, drop_axis=1, new_axis=0, chunks=((3,), (4, 4, 2))",
  ],
])("mapBlocks does as Dask's map_blocks: %s", (_, array, call) => {
  const [expected] = numpy([{ expression: dask(call), variables: { x: line, y: row, z: column } }]);
  expect(asNumpyValue(evaluate(array))).toEqual(expected);
  expect([array.dtype, array.shape]).toEqual([expected.dtype, expected.shape]);
});

test("the result has one task per block, named by the function, and can be computed with", () => {
  const twice = (b: NDArray) => b.data.map((v) => 2 * v);
  const result = x.mapBlocks(twice);
  expect(taskCount(result)).toBe(6);
  expect(result.toString()).toBe("ChunkedArray(float64 [10, 6])");
  expect(result.chunks).toEqual(x.chunks);
  expect(evaluate(result.add(1).sum(0))).toEqual(evaluate(x.multiply(2).add(1).sum(0)));
});

test("a view of a block, also a transposed one, is copied", () => {
  const square = da.fromArray(
    new NDArray(
      Float64Array.from({ length: 16 }, (_, i) => i),
      [4, 4],
    ),
    { chunks: 2 },
  );
  const result = square.mapBlocks((b) => new NDArray(b.data, b.shape, [1, 2]));
  expect(evaluate(result).tolist()).toEqual([
    [0, 4, 2, 6],
    [1, 5, 3, 7],
    [8, 12, 10, 14],
    [9, 13, 11, 15],
  ]);
  expect(evaluate(square.mapBlocks((b) => b)).tolist()).toEqual(evaluate(square).tolist());
});

test("floats take whole numbers, and other element types must be named", () => {
  const ints = x.mapBlocks((b) => Int32Array.from(b.data));
  expect([ints.dtype, evaluate(ints).tolist()]).toEqual(["float64", line.tolist()]);
  const whole = x.astype("int32");
  const halves = whole.mapBlocks((b) => Float64Array.from(b.data, (v) => v / 2));
  expect(() => evaluate(halves)).toThrow(DTypeError);
  expect(() => evaluate(halves)).toThrow(
    'mapBlocks: block [0,0] gave float64, expected int32: say { dtype: "float64" }',
  );
  expect(() => evaluate(whole.mapBlocks((b) => mapped(b, (v) => v / 2)))).toThrow("which is no int32");
  const flags = x.mapBlocks((b) => mapped(b, (v) => v).map((list) => list.map((v) => v > 0)), { dtype: "bool" });
  expect(evaluate(flags).tolist()).toEqual(evaluate(x.greater(0)).tolist());
});

test("a result that does not fit names the block, what was expected and what came", () => {
  const half = (b: NDArray) => b.data.subarray(0, b.size / 2);
  expect(() => evaluate(x.mapBlocks(half))).toThrow(ShapeError);
  expect(() => evaluate(x.mapBlocks(half))).toThrow("half: block [0,0] gave shape [8], expected [4,4]: return as many");
  expect(() => evaluate(x.mapBlocks(() => [[1, 2], [3]], { chunks: 2 }))).toThrow("lists of different lengths");
  expect(() => evaluate(x.mapBlocks(() => [[1], [2, 3]], { chunks: [2, 1] }))).toThrow("lists of different lengths");
  expect(() => evaluate(x.mapBlocks(() => ["1"] as never, { chunks: 1 }))).toThrow(ArgumentError);
  expect(() => evaluate(x.mapBlocks(() => undefined as never))).toThrow(
    "block [0,0] gave undefined, expected an NDArray, a typed array or nested lists of numbers of shape [4,4]",
  );
});

test("options that make no sense are errors at once", () => {
  const same = (b: NDArray) => b;
  expect(() => x.mapBlocks(same, { chunks: [1, 2, 3] })).toThrow(ChunkError);
  expect(() => x.mapBlocks(same, { chunks: [[1, 2], 3] })).toThrow("are not the sizes of its 3 blocks");
  expect(() => x.mapBlocks(same, { chunks: -1 })).toThrow(ChunkError);
  expect(() => x.mapBlocks(same, { dropAxis: 2 })).toThrow(ShapeError);
  expect(() => x.mapBlocks(same, { newAxis: 4 })).toThrow(ShapeError);
  expect(() => x.mapBlocks(same, { dtype: "float" as never })).toThrow(DTypeError);
  expect(() => x.mapBlocks(same, { dropAxes: 1 } as never)).toThrow(
    'mapBlocks has no option "dropAxes": did you mean "dropAxis"?',
  );
  expect(() => da.mapBlocks((b) => b, 3)).toThrow("mapBlocks needs an array");
  expect(() => da.mapBlocks(x as never)).toThrow("da.mapBlocks needs a function first");
});
