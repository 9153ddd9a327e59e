import { da } from "../../../../kernel/src/dag/array/index.js";
import { ArgumentError } from "../../../../kernel/src/errors.js";
import { evaluate } from "../../../support/evaluate.js";

/** How often each value occurs. */
function tally(values: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of Array.from(values)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

test("values are drawn as often as their probabilities say, those of 0 never", () => {
  const drawn = da.random.choice([10, 20, 30, 40], { shape: 100_000, chunks: 30_000, p: [0.1, 0, 0.6, 0.3], seed: 7 });
  const counts = tally(evaluate(drawn).data);
  expect([...counts.keys()].sort()).toEqual([10, 30, 40]);
  // five standard deviations
  for (const [value, p] of [
    [10, 0.1],
    [30, 0.6],
    [40, 0.3],
  ]) {
    expect(Math.abs((counts.get(value) ?? 0) - p * 1e5)).toBeLessThan(5 * Math.sqrt(1e5 * p * (1 - p)));
  }
});

test("a number stands for the integers below it, all equally likely, and a seed gives the same again", () => {
  const options = { shape: [300, 100], chunks: 100, seed: 8 };
  const drawn = evaluate(da.random.choice(3, options));
  const counts = tally(drawn.data);
  expect([...counts.keys()].sort()).toEqual([0, 1, 2]);
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(30_000 * (2 / 9)));
  expect(evaluate(da.random.choice(3, options)).data).toEqual(drawn.data);
});

test("values and probabilities that do not fit are an error", () => {
  expect(() => da.random.choice([], { shape: 1 })).toThrow(ArgumentError);
  expect(() => da.random.choice([1, 2], { shape: 1, p: [0.5, 0.4] })).toThrow(/sum 0.9/);
  expect(() => da.random.choice([1, 2], { shape: 1, p: [1] })).toThrow(/must be 2 numbers/);
});
