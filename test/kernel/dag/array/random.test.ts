import { seedState } from "../../../../kernel/src/dag/array/blocks/seed.js";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { evaluate } from "../../../support/evaluate.js";

const mask = (value: bigint) => BigInt.asUintN(64, value);
const rotate = (value: bigint, by: bigint) => mask((value << by) | (value >> (64n - by)));

/** xoshiro256++ as its authors wrote it. */
function* xoshiro(state: BigUint64Array): Generator<bigint> {
  const s = [...state];
  for (;;) {
    yield mask(rotate(mask(s[0] + s[3]), 23n) + s[0]);
    const t = mask(s[1] << 17n);
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45n);
  }
}

test("uniform numbers are the 53 upper bits of xoshiro256++", () => {
  const bits = xoshiro(seedState(42, 0));
  const expected = Array.from({ length: 20 }, () => Number((bits.next().value as bigint) >> 11n) / 2 ** 53);
  expect(Array.from(evaluate(da.random.uniform({ shape: 20, seed: 42 })).data)).toEqual(expected);
});

test("one seed gives one array, each time it is made or computed", () => {
  const make = () => da.random.normal({ shape: 100, chunks: 10, seed: 42 });
  const x = make();
  expect(evaluate(x).data).toEqual(evaluate(make()).data);
  expect(evaluate(x).data).toEqual(evaluate(x).data);
});

test("blocks, seeds and draws of a generator differ from one another", () => {
  const blocks = evaluate(da.random.uniform({ shape: 20, chunks: 10, seed: 1 })).data;
  expect(blocks.slice(0, 10)).not.toEqual(blocks.slice(10));
  const seeds = [1, 2].map((seed) => evaluate(da.random.uniform({ shape: 10, seed })).data);
  expect(seeds[0]).not.toEqual(seeds[1]);
  const draws = () => {
    const generator = da.random.generator(42);
    return [0, 1].map(() => evaluate(generator.normal({ shape: 100, chunks: 10 })).data);
  };
  const [first, second] = draws();
  expect(first).not.toEqual(second);
  expect(draws()).toEqual([first, second]);
});

/** Share of the numbers for which `test` holds. */
const share = (data: ArrayLike<number>, test: (x: number) => boolean) =>
  Array.from(data).filter(test).length / data.length;

test("a million normal numbers have the moments, quantiles and tails of the normal distribution", () => {
  const { data } = evaluate(da.random.normal({ shape: 1_000_000, chunks: 250_000, seed: 5 }));
  const mean = (power: number) => Array.from(data).reduce((sum, x) => sum + x ** power, 0) / data.length;
  // four standard errors each
  expect(Math.abs(mean(1))).toBeLessThan(4e-3);
  expect(Math.abs(mean(2) - 1)).toBeLessThan(4 * Math.sqrt(2) * 1e-3);
  expect(Math.abs(mean(3))).toBeLessThan(4 * Math.sqrt(15) * 1e-3);
  expect(Math.abs(mean(4) - 3)).toBeLessThan(4 * Math.sqrt(96) * 1e-3);
  const expected: readonly (readonly [number, number])[] = [
    [-2, 0.0227501],
    [-1, 0.1586553],
    [-0.2, 0.4207403],
    [0.5, 0.6914625],
    [1.5, 0.9331928],
  ];
  for (const [limit, probability] of expected) {
    expect(Math.abs(share(data, (x) => x < limit) - probability)).toBeLessThan(2e-3);
  }
  // beyond the tail of the ziggurat, where another method draws: 258 expected
  const tail = share(data, (x) => Math.abs(x) > 3.6541528853610088) * 1e6;
  expect(Math.abs(tail - 258)).toBeLessThan(4 * 16);
});

test("loc, scale, low and high move and stretch", () => {
  const base = evaluate(da.random.normal({ shape: 5, seed: 9 })).data;
  expect(evaluate(da.random.normal({ shape: 5, seed: 9, loc: 10, scale: 2 })).data).toEqual(
    base.map((x) => x * 2 + 10),
  );
  const { data } = evaluate(da.random.uniform({ shape: 1000, seed: 9, low: -3, high: -2 }));
  expect(share(data, (x) => x >= -3 && x < -2)).toBe(1);
});

test("a seed or an element type that cannot be is an error", () => {
  expect(() => da.random.normal({ shape: 3, seed: 0.5 })).toThrow("seed 0.5 must be an integer");
  expect(() => da.random.normal({ shape: 3, dtype: "int32" })).toThrow("use astype('int32')");
});
