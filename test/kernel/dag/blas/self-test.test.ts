import type { Blas, Product, TriangularRight } from "../../../../kernel/src/dag/blas/blas.js";
import { selfTest } from "../../../../kernel/src/dag/blas/self-test.js";

/** Textbook loops. */
const right: Blas = {
  multiply(_, { m, n, k, a, b, beta, c }: Product) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = beta === 0 ? 0 : c.data[i * c.stride + j]!;
        for (let l = 0; l < k; l++) {
          const left = a.data[a.isTransposed ? l * a.stride + i : i * a.stride + l]!;
          sum += left * b.data[b.isTransposed ? j * b.stride + l : l * b.stride + j]!;
        }
        c.data[i * c.stride + j] = sum;
      }
    }
  },
  solveTriangular(_, { m, n, l, b }: TriangularRight) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = b.data[i * b.stride + j]!;
        for (let k = 0; k < j; k++) sum -= b.data[i * b.stride + k]! * l.data[j * l.stride + k]!;
        b.data[i * b.stride + j] = sum / l.data[j * l.stride + j]!;
      }
    }
  },
};

test("textbook loops pass", () => {
  expect(selfTest(right)).toBeUndefined();
});

test.each<[string, (product: Product) => Product]>([
  ["reads a factor as if it were not transposed", (p) => ({ ...p, a: { ...p.a, isTransposed: false } })],
  ["mixes up rows and columns", (p) => ({ ...p, m: p.n, n: p.m })],
  ["forgets what was there", (p) => ({ ...p, beta: 0 })],
  ["stops early", (p) => ({ ...p, k: p.k - 1 })],
])("a library that %s is found out", (_, wrong) => {
  const blas: Blas = { ...right, multiply: (dtype, product) => right.multiply(dtype, wrong(product)) };
  expect(selfTest(blas)).toMatch(/^its float64 product of \[\d, \d\] and \[\d, \d\] is wrong$/);
});

test("a library whose float32 functions do nothing is found out", () => {
  const blas: Blas = { ...right, multiply: (dtype, product) => dtype === "float64" && right.multiply(dtype, product) };
  expect(selfTest(blas)).toBe("its float32 product of [2, 2] and [2, 2] is wrong");
});

test("a wrong triangular solution is found out", () => {
  const blas: Blas = { ...right, solveTriangular: () => undefined };
  expect(selfTest(blas)).toBe("its solution of a float64 triangular system is wrong");
});
