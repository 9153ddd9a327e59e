import { da } from "../../../../kernel/src/dag/array/index.js";
import { evaluate } from "../../../support/evaluate.js";

test("integers are equally likely from low up to, not including, high", () => {
  const x = da.random.integers({ shape: 120_000, chunks: 50_000, low: -2, high: 4, seed: 3 });
  expect(x.dtype).toBe("int32");
  const counts = evaluate(da.histogram(x, [-2, -1, 0, 1, 2, 3, 4])[0]).tolist() as number[];
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(120_000);
  // 20,000 each, five standard errors
  for (const count of counts) expect(Math.abs(count - 20_000)).toBeLessThan(5 * Math.sqrt((120_000 * 5) / 36));
});

test("exponential numbers have the mean and the quantiles of their distribution", () => {
  const x = da.random.exponential({ shape: 200_000, chunks: 70_000, scale: 3, seed: 1 });
  expect(Math.abs(evaluate(x.mean()) - 3)).toBeLessThan((5 * 3) / Math.sqrt(200_000));
  expect(Math.abs(evaluate(da.median(x)) - 3 * Math.LN2)).toBeLessThan((5 * 3) / Math.sqrt(200_000));
  expect(evaluate(x.min())).toBeGreaterThanOrEqual(0);
});

test("a permutation has every element once, and one seed gives one order", () => {
  const x = da.arange(1000, { chunks: 300 });
  const order = evaluate(da.random.permutation(x, { seed: 5 })).data;
  expect(Array.from(order).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect(evaluate(da.random.permutation(x, { seed: 5 })).data).toEqual(order);
  expect(evaluate(da.random.permutation(x, { seed: 6 })).data).not.toEqual(order);
  const fixedPoints = Array.from(order).filter((value, i) => value === i).length;
  expect(fixedPoints).toBeLessThan(10);
});

test("draws of a generator differ and repeat with its seed", () => {
  const draws = () => {
    const generator = da.random.generator(42);
    const options = { shape: 100, chunks: 10 } as const;
    return [
      generator.integers({ ...options, high: 10 ** 6 }),
      generator.integers({ ...options, high: 10 ** 6 }),
      generator.exponential(options),
    ].map((array) => Array.from(evaluate(array).data));
  };
  const [first, second] = draws();
  expect(first).not.toEqual(second);
  expect(draws()[0]).toEqual(first);
  expect(draws()[2]).toEqual(draws()[2]);
});

test("bounds that hold no integer are an error", () => {
  expect(() => da.random.integers({ shape: 3, low: 2, high: 2 })).toThrow("low 2 must be below high 2");
  expect(() => da.random.integers({ shape: 3, high: 2 ** 40 })).toThrow("a wider dtype such as 'int64'");
  expect(() => da.random.integers({ shape: 3, high: 1.5 })).toThrow("high must be a whole number and is 1.5");
});
