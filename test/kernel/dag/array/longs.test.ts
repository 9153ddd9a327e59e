// What users get of integers of 64 bits: numbers as long as those are exact, bigints beyond.

import { da } from "../../../../kernel/src/dag/array/index.js";
import { moveToArena, ndArrayOf } from "../../../../kernel/src/dag/engine/array-value.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrayOf } from "../../../support/array-cases.js";
import { evaluate } from "../../../support/evaluate.js";
import { storageFixture } from "../../../support/storage.js";

const { engine } = storageFixture();
const most = 2n ** 63n - 1n;

test("a whole number without axes is a number up to 2^53 and a bigint beyond", async () => {
  const x = da.fromArray(Int32Array.of(1, 2, 3), { chunks: 2 });
  expect([x.sum().dtype, await x.sum().compute({ engine: engine() })]).toEqual(["int64", 6]);
  const large = da.full(4, 2n ** 60n, { chunks: 3 });
  expect(await large.sum().compute({ engine: engine() })).toBe(2n ** 62n);
  expect(await large.max().compute({ engine: engine() })).toBe(2n ** 60n);
});

test("data holds bigints; get and tolist give numbers as long as they are exact", () => {
  const array = new NDArray(BigInt64Array.of(-5n, most), [2]);
  expect([array.dtype, array.get(0), array.get(1)]).toEqual(["int64", -5, most]);
  expect(array.tolist()).toEqual([-5, most]);
  expect(String(array)).toBe(`int64 [2]\n[                 -5, ${most}]`);
});

test("typed arrays keep their types, lists of bigints are int64, and dtype makes others", () => {
  const typed = [Int8Array, Uint8Array, Int16Array, Uint16Array, Uint32Array].map((Own) => da.fromArray(Own.of(1, 2)));
  expect(typed.map(({ dtype }) => dtype)).toEqual(["int8", "uint8", "int16", "uint16", "uint32"]);
  const longs = [da.fromArray(BigInt64Array.of(1n)), da.fromArray(BigUint64Array.of(1n)), da.fromArray([[1n], [2n]])];
  expect(longs.map(({ dtype }) => dtype)).toEqual(["int64", "uint64", "int64"]);
  expect(evaluate(da.fromArray([1.9, -1, 300], { dtype: "int8" })).tolist()).toEqual([1, -1, 44]);
  expect(evaluate(da.fromArray([1, 2], { dtype: "int64" })).data).toEqual(BigInt64Array.of(1n, 2n));
  expect(evaluate(da.fromArray(BigInt64Array.of(-1n), { dtype: "uint8" })).data).toEqual(Uint8Array.of(255));
});

test("creation functions make every type, and refuse whole numbers that it does not have", () => {
  expect(evaluate(da.arange(3, { dtype: "int64", chunks: 2 })).data).toEqual(BigInt64Array.of(0n, 1n, 2n));
  expect(evaluate(da.arange(-2, 2, { dtype: "int16" })).data).toEqual(Int16Array.of(-2, -1, 0, 1));
  expect(evaluate(da.ones(2, { dtype: "uint64" })).data).toEqual(BigUint64Array.of(1n, 1n));
  expect(evaluate(da.full(2, most, { dtype: "int64" })).tolist()).toEqual([most, most]);
  expect(() => da.full(2, 256, { dtype: "uint8" })).toThrow("256 is out of bounds for uint8");
});

test("random integers are drawn in every type of whole numbers, the same ones as in float64", () => {
  const options = { shape: 50, chunks: 20, seed: 4, low: 3, high: 100 };
  const expected = Array.from(evaluate(da.random.integers({ ...options, dtype: "float64" })).data);
  for (const dtype of ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"] as const) {
    const drawn = da.random.integers({ ...options, dtype });
    expect([drawn.dtype, evaluate(drawn).tolist()]).toEqual([dtype, expected]);
  }
  expect(() => da.random.integers({ shape: 3, high: 300, dtype: "uint8" })).toThrow("both numbers of uint8");
});

test("bigints beside arrays are whole numbers of any size", () => {
  const x = da.fromArray(BigInt64Array.of(1n, 2n), { chunks: 1 });
  expect(evaluate(x.add(2n ** 60n)).data).toEqual(BigInt64Array.of(2n ** 60n + 1n, 2n ** 60n + 2n));
  expect(evaluate(da.ones(2).add(3n)).data).toEqual(Float64Array.of(4, 4));
  expect(evaluate(da.where(x.greater(1n), x, -1n)).data).toEqual(BigInt64Array.of(-1n, 2n));
  expect(evaluate(x.clip(2n, null)).data).toEqual(BigInt64Array.of(2n, 2n));
});

test("functions of da.map see numbers, compiled or not; functions of mapBlocks see bigints", async () => {
  const x = da.fromArray(BigInt64Array.of(3n, -4n), { chunks: 1 });
  expect(evaluate(da.map((value) => value / 2, x)).data).toEqual(Float64Array.of(1.5, -2));
  const loop = (value: number) => {
    let sum = 0;
    for (let i = 0; i < 2; i++) sum += value;
    return sum;
  };
  expect(evaluate(da.mapWith({ dtype: "int64" }, loop, x)).data).toEqual(BigInt64Array.of(6n, -8n));
  const doubled = x.mapBlocks((block) => {
    const { data } = block as unknown as NDArray<BigInt64Array>;
    return data.map((value) => value * 2n);
  });
  expect((await doubled.compute({ engine: engine() })).data).toEqual(BigInt64Array.of(6n, -8n));
  const asFloats = da.mapBlocksWith({ dtype: "float64" }, (block) => block, x);
  expect((await asFloats.compute({ engine: engine() })).data).toEqual(Float64Array.of(3, -4));
  const narrowed = da.mapBlocksWith({ dtype: "int8" }, (block) => block, x);
  await expect(narrowed.compute({ engine: engine() })).rejects.toThrow("gave int64, expected int8");
});

test("arrays of every type that tasks return go through the array memory and stay what they are", () => {
  for (const array of [
    arrayOf([1n, most], [2], "int64"),
    arrayOf([0, 1], [2], "bool"),
    arrayOf([0, 1], [2], "uint8"),
  ]) {
    const block = moveToArena(array);
    const back = ndArrayOf(block, true);
    arena().release(block);
    expect(back).toMatchObject({ dtype: array.dtype, data: array.data });
  }
});

test("an array of bigints persists, and is saved and shown like others", async () => {
  const x = await da.fromArray([5n, most, -1n], { chunks: 2 }).persist({ engine: engine() });
  expect((await x.compute({ engine: engine() })).data).toEqual(BigInt64Array.of(5n, most, -1n));
  expect(await x.sum().compute({ engine: engine() })).toBe(-(2n ** 63n) + 3n);
});
