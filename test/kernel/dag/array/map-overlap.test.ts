import { da } from "../../../../kernel/src/dag/array/index.js";
import type { Boundary } from "../../../../kernel/src/dag/array/map-overlap.js";
import { computeWith } from "../../../../kernel/src/dag/compute.js";
import { useEngine } from "../../../../kernel/src/dag/context.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { numpy } from "../../../support/numpy.js";

const engine = new ThreadEngine({ workers: 2 });
beforeAll(() => useEngine(engine));
afterAll(() => engine.close());

/** Sum of the five elements around each of a line; those that are not there count 0. */
const sumOf5 = (block: NDArray): Float64Array => {
  const out = new Float64Array(block.data.length);
  for (let i = 0; i < out.length; i++) {
    for (let k = Math.max(0, i - 2); k <= Math.min(out.length - 1, i + 2); k++) out[i]! += Number(block.data[k]);
  }
  return out;
};

test.each<[Boundary, string]>([
  [0, "np.convolve(np.pad(a, 2), np.ones(5), 'valid')"],
  ["none", "np.convolve(np.pad(a, 2), np.ones(5), 'valid')"],
  [7, "np.convolve(np.pad(a, 2, constant_values=7), np.ones(5), 'valid')"],
  ["reflect", "np.convolve(np.pad(a, 2, mode='symmetric'), np.ones(5), 'valid')"],
  ["nearest", "np.convolve(np.pad(a, 2, mode='edge'), np.ones(5), 'valid')"],
  ["periodic", "np.convolve(np.pad(a, 2, mode='wrap'), np.ones(5), 'valid')"],
])(
  "with the boundary %p a sum over neighbours is NumPy's, also over blocks smaller than the depth",
  async (boundary, expression) => {
    const a = new NDArray(
      Float64Array.from({ length: 23 }, (_, i) => (i * i) % 11),
      [23],
    );
    const [expected] = numpy([{ expression, variables: { a } }]);
    for (const chunks of [23, 7, [1, 1, 4, 17], [22, 1]]) {
      const [result] = await computeWith(
        {},
        da.mapOverlap(sumOf5, da.fromArray(a, { chunks }), { depth: 2, boundary }),
      );
      expect(Array.from(result.data)).toEqual(expected!.values);
    }
  },
);

test("axes have depths of their own, and corners are seen", async () => {
  const x = da.arange(30, { chunks: 30 }).reshape([5, 6]).rechunk([2, 3]);
  const shapes = da.mapOverlap(
    (block) => new Float64Array(block.data.length).fill(block.shape[0]! * 10 + block.shape[1]!),
    x,
    { depth: [1, 0] },
  );
  const [seen] = await computeWith({}, shapes);
  expect(shapes.chunks).toEqual(x.chunks);
  expect(Array.from({ length: 5 }, (_, i) => seen.get(i, 0))).toEqual([33, 33, 43, 43, 23]);
  const around = (block: NDArray): Float64Array => {
    const [rows, columns] = block.shape as [number, number];
    const at = (i: number, j: number) =>
      i < 0 || j < 0 || i >= rows || j >= columns ? 0 : (block.get(i, j) as number);
    const out = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) out[i * columns + j] = at(i - 1, j - 1) + at(i + 1, j + 1);
    return out;
  };
  const [corners] = await computeWith({}, da.mapOverlap(around, x, { depth: 1, boundary: 0 }));
  const value = (i: number, j: number) => (i < 0 || j < 0 || i > 4 || j > 5 ? 0 : i * 6 + j);
  expect(corners.tolist()).toEqual(
    Array.from({ length: 5 }, (_, i) => Array.from({ length: 6 }, (_, j) => value(i - 1, j - 1) + value(i + 1, j + 1))),
  );
});

test("a depth that does not fit, and an unknown boundary, are errors with what fits", () => {
  const x = da.ones([4, 6]);
  expect(() => da.mapOverlap(sumOf5, x, { depth: 5 })).toThrow("depth 5 does not fit shape [4,6]");
  expect(() => da.mapOverlap(sumOf5, x, { depth: [1] })).toThrow("for all axes or for each");
  expect(() => da.mapOverlap(sumOf5, x, { depth: 1, boundary: "mirror" as never })).toThrow(
    "none, reflect, nearest, periodic",
  );
});
