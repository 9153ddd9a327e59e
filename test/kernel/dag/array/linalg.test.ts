import fc from "fast-check";
import { type AnyArray, da } from "../../../../kernel/src/dag/array/index.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { sizeOf } from "../../../../kernel/src/dag/memory/strides.js";
import { chunksOf, fixed } from "../../../support/array-cases.js";
import { kinds, useBlas } from "../../../support/blas.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

/** Largest absolute element. */
const largest = (array: AnyArray) => Number(evaluate(array.abs().max()));
const listOf = (array: AnyArray) => (evaluate(array) as NDArray).tolist();
const shapeOf = (array: AnyArray) => (evaluate(array) as NDArray).shape;

/** How far `q` is from having orthonormal columns. */
function fromOrthonormal(q: AnyArray): number {
  const product = evaluate(q.T.matmul(q)) as NDArray;
  const [n = 0] = product.shape;
  return Math.max(...product.data.map((value, i) => Math.abs(value - (i % (n + 1) === 0 ? 1 : 0))));
}

/** Plain numbers, some of them equal: what makes factorizations singular, but nothing that leaves the range of float64. */
const numbers = fc.integer({ min: -40, max: 40 }).map((value) => value / 8);
const arrays = (shape: readonly number[]) =>
  fc
    .array(numbers, { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
    .map((values) => new NDArray(Float64Array.from(values), shape));

/** Matrices of any sizes, their rows cut anywhere, their columns in one block. */
const matrices = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 8 }))
  .chain(([m, n]) => fc.tuple(arrays([m, n]), chunksOf([m]), fc.constant(n)));

describe.each(kinds)("%s", (_, blas) => {
  beforeAll(() => useBlas(blas));
  afterAll(() => useBlas(undefined));

  test("the factors of 20 x 4 in blocks of 5 x 4 have their shapes, are orthonormal and give the array again", () => {
    const x = da.random.normal({ shape: [20, 4], chunks: [5, 4], seed: 1 });
    const [q, r] = da.linalg.qr(x);
    expect([q.chunks, r.chunks]).toEqual([x.chunks, [[4], [4]]]);
    expect([shapeOf(q), shapeOf(r)]).toEqual([
      [20, 4],
      [4, 4],
    ]);
    expect(fromOrthonormal(q)).toBeLessThan(1e-10);
    expect(largest(q.matmul(r).subtract(x))).toBeLessThan(1e-10);
    const [u, s, vt] = da.linalg.svd(x);
    expect([shapeOf(u), shapeOf(s), shapeOf(vt)]).toEqual([[20, 4], [4], [4, 4]]);
    expect(largest(u.multiply(s).matmul(vt).subtract(x))).toBeLessThan(1e-10);
  });

  test("qr of any tall array: Q has orthonormal columns, R is upper triangular, QR is the array", () => {
    for (const [x, rows, n] of fc.sample(matrices, fixed(40))) {
      const array = da.fromArray(x, { chunks: [...rows, [n]] });
      const [q, r] = da.linalg.qr(array);
      const k = Math.min(x.shape[0]!, n);
      expect([shapeOf(q), shapeOf(r)]).toEqual([
        [x.shape[0], k],
        [k, n],
      ]);
      const scale = Math.max(1, largest(array));
      expect(fromOrthonormal(q)).toBeLessThan(1e-12);
      expect(largest(q.matmul(r).subtract(array))).toBeLessThan(1e-12 * scale);
      const { data } = evaluate(r) as NDArray;
      expect(data.every((value, i) => i % n >= Math.floor(i / n) || value === 0)).toBe(true);
    }
  });

  test("singular values of arrays that are cut along one axis equal NumPy's", () => {
    const sample = fc.sample(fc.tuple(matrices, fc.boolean()), fixed(40));
    const expected = numpy(
      sample.map(([[x]]) => ({ expression: "np.linalg.svd(x, compute_uv=False)", variables: { x } })),
    );
    for (const [i, [[x, rows, n], isWide]] of sample.entries()) {
      const tall = da.fromArray(x, { chunks: [...rows, [n]] });
      const array = isWide ? tall.T : tall;
      const [u, s, vt] = da.linalg.svd(array);
      const [{ values }] = expected.slice(i, i + 1);
      const actual = asNumpyValue(evaluate(s)).values;
      expect(actual).toHaveLength(values.length);
      for (const [j, value] of values.entries()) expect(Math.abs(actual[j]! - value)).toBeLessThan(1e-12 * values[0]!);
      expect([fromOrthonormal(u), fromOrthonormal(vt.T)].every((error) => error < 1e-10)).toBe(true);
      const error = largest(u.multiply(s).matmul(vt).subtract(array));
      expect(error).toBeLessThan(1e-12 * values[0]! + 1e-300);
    }
  });

  test("solve, cholesky and norm of small systems", () => {
    const a = da.fromArray([
      [7, -1],
      [-3, 9],
    ]);
    const [x0, x1] = listOf(da.linalg.solve(a, da.fromArray([5, 6]))) as number[];
    expect(x0).toBeCloseTo(0.85, 14);
    expect(x1).toBeCloseTo(0.95, 14);
    const positive = da.fromArray([
      [4, 2],
      [2, 3],
    ]);
    for (const chunks of [1, 2]) {
      expect(listOf(da.linalg.cholesky(positive.rechunk(chunks)))).toEqual([
        [2, 0],
        [1, Math.SQRT2],
      ]);
    }
    expect(evaluate(da.linalg.norm(da.fromArray([3, 4])))).toBe(5);
  });

  test("Cholesky factors, solutions and inverses equal NumPy's", () => {
    const systems = fc.integer({ min: 1, max: 20 }).chain((n) =>
      fc.record({
        x: arrays([n, n]),
        b: arrays([n, 3]),
        chunks: chunksOf([n, n]),
      }),
    );
    const sample = fc.sample(systems, fixed(25)).map(({ x, b, chunks }) => {
      // well conditioned: symmetric, with a heavy diagonal
      const [n = 0] = x.shape;
      const size = Math.max(1, ...x.data.map(Math.abs));
      const source = da.fromArray(x, { chunks });
      const diagonal = da.fromArray(
        Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 2 * n : 0)),
        {
          shape: [n, n],
        },
      );
      return {
        a: evaluate(
          source
            .add(source.T)
            .divide(2 * size)
            .add(diagonal),
        ) as NDArray,
        b,
        chunks,
      };
    });
    const expected = numpy(
      sample.flatMap(({ a, b }) => [
        { expression: "np.linalg.cholesky(a)", variables: { a } },
        { expression: "np.linalg.solve(a, b)", variables: { a, b } },
        { expression: "np.linalg.solve(a, b[:, 0])", variables: { a, b } },
        { expression: "np.linalg.inv(a)", variables: { a } },
      ]),
    );
    for (const [i, { a, b, chunks }] of sample.entries()) {
      const matrix = da.fromArray(a, { chunks });
      const sides = da.fromArray(b, { chunks: [chunks[0]!, [2, 1]] });
      const results = [
        da.linalg.cholesky(matrix),
        da.linalg.solve(matrix, sides),
        da.linalg.solve(matrix, sides.slice(":, 0")),
        da.linalg.inv(matrix),
      ];
      for (const [j, result] of results.entries()) {
        const { shape, values } = expected[4 * i + j]!;
        const actual = asNumpyValue(evaluate(result));
        expect(actual.shape).toEqual(shape);
        const scale = Math.max(...values.map(Math.abs));
        const worst = Math.max(...values.map((value, at) => Math.abs(actual.values[at]! - value)));
        expect(worst).toBeLessThanOrEqual(1e-12 * scale);
      }
    }
  });

  test("float32 stays float32, integers become float64", () => {
    const x = da.fromArray([[2, 1], [1, 3], [0, 1]]); // biome-ignore format: rows
    const single = x.astype("float32");
    const [q, r] = da.linalg.qr(single);
    expect([q.dtype, r.dtype, (evaluate(q) as NDArray).dtype]).toEqual(["float32", "float32", "float32"]);
    expect(largest(q.matmul(r).subtract(single))).toBeLessThan(1e-5);
    expect(da.linalg.svd(x.astype("int32"))[1].dtype).toBe("float64");
    const square = single.T.matmul(single).rechunk(1);
    const lower = da.linalg.cholesky(square);
    expect(largest(lower.matmul(lower.T).subtract(square))).toBeLessThan(1e-5);
    expect(
      largest(
        da.linalg
          .inv(square)
          .matmul(square)
          .subtract(
            da.fromArray([
              [1, 0],
              [0, 1],
            ]),
          ),
      ),
    ).toBeLessThan(1e-5);
  });

  test("what has no solution is a LinAlgError that says so", () => {
    const indefinite = da.fromArray([
      [1, 2],
      [2, 1],
    ]);
    expect(() => evaluate(da.linalg.cholesky(indefinite))).toThrow("the matrix is not positive definite");
    expect(() => evaluate(da.linalg.solve(da.zeros([3, 3]), da.ones(3)))).toThrow("a matrix [3,3] is singular");
    expect(() => evaluate(da.linalg.svd(da.full([3, 3], Number.NaN))[1])).toThrow("look for NaN");
  });
});

test("one block of a Cholesky factor needs only those it is made of", () => {
  const x = da.fromArray([[4, 2, 0], [2, 5, 1], [0, 1, 3]]).rechunk(1); // biome-ignore format: rows
  expect(evaluate(da.linalg.cholesky(x).slice("1, 1"))).toBe(2);
});

test("norms equal NumPy's", () => {
  const orders: readonly (number | "fro" | "nuc")[] = [1, -1, 2, -2, Infinity, -Infinity, "fro", "nuc"];
  const [x] = fc.sample(arrays([5, 4]), fixed(1));
  const text = (ord: number | string) =>
    typeof ord === "string" ? `'${ord}'` : String(ord).replace("Infinity", "np.inf");
  const vectorOrders = [1, 2, 3, -1, 0.5, Infinity, -Infinity];
  const expected = numpy([
    { expression: "np.linalg.norm(x)", variables: { x: x! } },
    ...orders.map((ord) => ({ expression: `np.linalg.norm(x, ${text(ord)})`, variables: { x: x! } })),
    ...vectorOrders.map((ord) => ({
      expression: `np.linalg.norm(x, ${text(ord)}, axis=0, keepdims=True)`,
      variables: { x: x! },
    })),
  ]);
  const array = da.fromArray(x!, { chunks: [2, 4] });
  const actual = [
    da.linalg.norm(array),
    ...orders.map((ord) => da.linalg.norm(array, { ord })),
    ...vectorOrders.map((ord) => da.linalg.norm(array, { ord, axis: 0, keepdims: true })),
  ];
  for (const [i, { shape, values }] of expected.entries()) {
    const { shape: own, values: ours } = asNumpyValue(evaluate<NDArray | number>(actual[i]!));
    expect(own).toEqual(shape);
    for (const [j, value] of values.entries()) expect(Math.abs(ours[j]! - value)).toBeLessThanOrEqual(1e-12 * value);
  }
});

test.each([
  [
    () => da.linalg.qr(da.ones([10, 10], { chunks: 5 })),
    "needs all columns in one block: rechunk first, with x.rechunk([5, -1])",
  ],
  [
    () => da.linalg.svd(da.ones([10, 10], { chunks: 5 })),
    "rechunk first, with x.rechunk([5, -1]) or x.rechunk([-1, 5])",
  ],
  [() => da.linalg.qr(da.ones(3)), "linalg.qr of shape [3]: give an array with two axes"],
  [() => da.linalg.cholesky(da.ones([2, 3])), "give an array with as many rows as columns"],
  [
    () => da.linalg.solve(da.ones([2, 2]), da.ones(3)),
    "linalg.solve of shapes [2,2] and [3]: give a right side [2] or [2, columns]",
  ],
  [() => da.linalg.norm(da.ones([2, 2, 2]), { ord: 1 }), "linalg.norm has no ord 1 over 3 axes"],
])("an array that does not fit is an error when the graph is built (%#)", (build, message) => {
  expect(build).toThrow(message);
});
