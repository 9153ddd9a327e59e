import { deserialize, serialize } from "node:v8";
import { type CarriedValues, carry, land } from "../../../../kernel/src/dag/engine/carried-values.js";
import { packValues, unpackValues } from "../../../../kernel/src/dag/engine/packed-values.js";
import { decode, encode, exposeBlocks, releaseEncoded } from "../../../../kernel/src/dag/engine/value.js";
import { Arena, arena, useArena } from "../../../../kernel/src/dag/memory/arena.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";

const near = arena();
const far = Arena.create({ limitBytes: 2 ** 20 });
afterEach(() => useArena(near));

const array = (...values: number[]): NDArray => new NDArray(new Float64Array(values), [values.length]);

test("values arrive with arrays in the memory of the other side, each block once", () => {
  const block = near.allocate("int32", [2]);
  near.view(block).set([7, 8]);
  const values = [
    1,
    encode({ a: array(1, 2), block, error: new RangeError("r") }),
    block,
    encode("x".repeat(9)),
    encode([1]),
  ];
  const carried = deserialize(serialize(carry(packValues(values), near))) as CarriedValues;
  expect(carried.blocks.map(({ bytes }) => bytes.byteLength)).toEqual([16, 8]);
  useArena(far);
  // The other side has something at the places that this side uses.
  const other = far.allocate("int32", [2]);
  const landed = unpackValues(land(carried, far));
  const [one, inside, alone, text, list] = landed.map((value) => exposeBlocks(decode(value, true)));
  expect([one, text, list]).toEqual([1, "xxxxxxxxx", [1]]);
  expect((alone as NDArray).tolist()).toEqual([7, 8]);
  const { a, block: again, error } = inside as { a: NDArray; block: NDArray; error: Error };
  expect([a.tolist(), again.tolist(), error.message]).toEqual([[1, 2], [7, 8], "r"]);
  for (const value of landed) releaseEncoded(value);
  far.release(other);
  expect(far.used).toBe(0);
  useArena(near);
  releaseEncoded(values[1]);
  expect(near.used).toBe(0);
});

test("nothing stays where there is no room for all", () => {
  const values = [1, 2, 3].map(() => encode(new NDArray(new Float64Array(50_000), [50_000])));
  const carried = carry(packValues(values), near);
  expect(() => land(carried, far)).toThrow("array memory is full");
  expect(far.used).toBe(0);
  for (const value of values) releaseEncoded(value);
});

test("what only threads share is refused where it is opened", () => {
  const [value] = unpackValues(carry(packValues([encode(new SharedArrayBuffer(8))]), near));
  expect(() => decode(value)).toThrow('run it with engine: "threads"');
});
