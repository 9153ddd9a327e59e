import fc from "fast-check";
import { normalizeChunks } from "../../../../kernel/src/dag/array/chunks.js";
import { da } from "../../../../kernel/src/dag/array/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { ChunkError } from "../../../../kernel/src/errors.js";
import { arrays, chunksOf, fixed, shapes } from "../../../support/array-cases.js";
import { evaluate } from "../../../support/evaluate.js";

test.each([
  [[10], 3, [[3, 3, 3, 1]]],
  [[5], [2, 2, 1], [[2, 2, 1]]],
  [
    [10, 10],
    [3, -1],
    [[3, 3, 3, 1], [10]],
  ],
  [
    [4, 5],
    [2, null],
    [[2, 2], [5]],
  ],
  [[4, 6], { 0: 2, 1: -1 }, [[2, 2], [6]]],
  [[4], 10, [[4]]],
  [[0], 5, [[0]]],
])("shape %j in chunks %j is cut into %j", (shape, chunks, expected) => {
  expect(normalizeChunks(shape, chunks)).toEqual(expected);
});

const eights = new Array(8).fill(125);
const hundreds = new Array(10).fill(100);

test.each([
  [
    [10_000, 10_000],
    "auto" as const,
    128 * 2 ** 20,
    [
      [4096, 4096, 1808],
      [4096, 4096, 1808],
    ],
  ],
  [[1000, 1000], ["auto", -1] as const, 1e6, [eights, [1000]]],
  [[1000, 1000], "auto" as const, 80_000, [hundreds, hundreds]],
  [[10, 1_000_000], "auto" as const, "8 MB", [[10], new Array(10).fill(100_000)]],
])("automatic chunks of %j (%j) keep a block of float64 within %s", (shape, chunks, limit, expected) => {
  expect(normalizeChunks(shape, chunks, { limit })).toEqual(expected);
});

test("a text is the byte limit of automatic chunks", () => {
  expect(normalizeChunks([1000], "1kB")).toEqual([eights]);
});

test.each([
  [[4, 4], [3], "chunks [3] have 1 axes but shape [4,4] has 2: give one size per axis"],
  [[5], [2, 2], "chunks [2,2] of axis 0 add up to 4, the axis has 5 elements"],
  [[5], [[]], "chunks [] of axis 0 add up to 0"],
  [[5], 0, "chunk size 0 of axis 0 must be a positive integer"],
  [[5], { 1: 2 }, "chunks name axis 1 but shape [5] has 1 axes"],
  [[5], "many", 'size "many" is not understood'],
])("shape %j in chunks %j is an error that says what to write", (shape, chunks, message) => {
  expect(() => normalizeChunks(shape, chunks)).toThrow(message);
});

test("errors about chunks are ChunkErrors with the facts", () => {
  expect(() => normalizeChunks([5], [[2, 2]])).toThrow(ChunkError);
});

test("arrays that meet are cut at the cuts of both, and only along axes that need it", () => {
  const meet = (a: number[][], b: number[][]) => {
    const [left, right] = [a, b].map((chunks) => da.ones(chunks.map(sum), { chunks }));
    return left.add(right).chunks;
  };
  expect(meet([[2, 2, 2]], [[3, 3]])).toEqual([[2, 1, 1, 2]]);
  expect(meet([[2, 2], [1]], [[1], [3, 3]])).toEqual([
    [2, 2],
    [3, 3],
  ]);
});

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}

test("rechunk changes the cuts and no element", () => {
  const cases = shapes.chain((shape) =>
    fc.record({ a: arrays(shape, "float64"), from: chunksOf(shape), to: chunksOf(shape) }),
  );
  for (const { a, from, to } of fc.sample(cases, fixed(60))) {
    const array = da.fromArray(a, { chunks: from }).rechunk(to);
    expect(array.chunks).toEqual(to);
    expect((evaluate(array) as NDArray).data).toEqual(a.data);
  }
});
