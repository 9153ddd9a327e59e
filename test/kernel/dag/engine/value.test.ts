import {
  blocksOf,
  decode,
  encode,
  exposeBlocks,
  nbytes,
  releaseEncoded,
} from "../../../../kernel/src/dag/engine/value.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import type { Block } from "../../../../kernel/src/dag/memory/block.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";

function blockOf(...values: number[]): Block {
  const block = arena().allocate("float64", [values.length]);
  arena().view(block).set(values);
  return block;
}

test.each([undefined, null, true, 0, -0, Number.NaN, 12n, "text"])("%p travels as itself", (value) => {
  expect(encode(value)).toBe(value);
  expect(decode(encode(value))).toBe(value);
});

test("refuses an instance of a class, and frees the arrays that were on their way", () => {
  class Point {
    x = 1;
  }
  const array = new NDArray(Float64Array.of(1), [1]);
  expect(() => encode([array, new Point()])).toThrow("an instance of Point cannot travel between threads");
  expect(arena().used).toBe(0);
});

test("each decoding has its own memory, no larger than the value", () => {
  const encoded = encode({ numbers: Float64Array.of(1, 2), view: new DataView(new ArrayBuffer(3)) });
  const first = decode(encoded) as { numbers: Float64Array; view: DataView };
  first.numbers[0] = 9;
  const second = decode(encoded) as typeof first;
  expect([...second.numbers]).toEqual([1, 2]);
  expect([second.numbers.buffer.byteLength, second.view.buffer.byteLength]).toEqual([16, 3]);
});

test("a ring of objects travels", () => {
  const ring: { self?: unknown; list: unknown[] } = { list: [1] };
  ring.self = ring;
  const arrived = decode(encode(ring)) as typeof ring;
  expect(arrived.self).toBe(arrived);
});

test("finds blocks in arrays, objects, maps and sets, one reference for each place", () => {
  const block = blockOf(1);
  const other = blockOf(2);
  const value = { list: [block, [block]], map: new Map([["k", other]]), set: new Set([other]), own: { block } };
  expect(blocksOf(encode(value))).toEqual([block, block, other, other, block]);
  for (const each of [block, other]) arena().release(each);
});

test("an NDArray becomes a block in C order and an array again, at any depth", () => {
  const transposed = new NDArray(Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2], [1, 3]);
  const encoded = encode({ inside: [transposed] });
  expect(blocksOf(encoded).map((block) => [...arena().view(block)])).toEqual([[1, 4, 2, 5, 3, 6]]);
  const arrived = decode(encoded) as { inside: NDArray[] };
  expect(arrived.inside[0].tolist()).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
  releaseEncoded(encoded);
  expect(arena().used).toBe(0);
});

test("shows blocks to functions of users as arrays that view the arena", () => {
  const block = blockOf(1, 2);
  const { inside, same } = exposeBlocks({ inside: [block], same: "x" }) as { inside: NDArray[]; same: string };
  inside[0].data[0] = 7;
  expect([...arena().view(block)]).toEqual([7, 2]);
  expect(same).toBe("x");
  arena().release(block);
});

class TooHot extends Error {
  override name = "TooHot";
}
const detailed = (): Error => Object.assign(new TooHot("42", { cause: new RangeError("inner") }), { code: 7 });

test.each([
  ["itself", detailed(), (value: unknown) => value],
  ["in a list", [1, detailed()], (value: unknown) => (value as unknown[])[1]],
  [
    "in the list of Promise.allSettled",
    [{ status: "rejected", reason: detailed() }],
    (value: unknown) => (value as { reason: unknown }[])[0].reason,
  ],
  [
    "in a map",
    new Map([["a", { error: detailed() }]]),
    (value: unknown) => (value as Map<string, { error: unknown }>).get("a")?.error,
  ],
  [
    "beside what only structured clone takes",
    [new SharedArrayBuffer(1), detailed()],
    (value: unknown) => (value as unknown[])[1],
  ],
])("an error as a value keeps name, fields, cause and stack: %s", (_where, value, errorIn) => {
  const arrived = errorIn(decode(structuredClone(encode(value)))) as Error;
  expect(arrived).toMatchObject({
    name: "TooHot",
    message: "42",
    code: 7,
    stack: expect.stringContaining("value.test"),
  });
  expect(arrived.cause).toBeInstanceOf(RangeError);
});

test("an error travels together with blocks", () => {
  const value = { error: detailed(), array: new NDArray(Float64Array.of(1, 2), [2]) };
  const encoded = encode(value);
  const arrived = decode(encoded, true) as typeof value;
  expect([arrived.error.name, arrived.array.tolist()]).toEqual(["TooHot", [1, 2]]);
  releaseEncoded(encoded);
});

test("counts the bytes a value holds", () => {
  const block = blockOf(1, 2, 3);
  expect([nbytes(1), nbytes("abc"), nbytes(encode(block))]).toEqual([8, 6, 24]);
  expect(nbytes(encode(new Uint8Array(1_000)))).toBeGreaterThanOrEqual(1_000);
  arena().release(block);
});

test.each([[() => 1], [Promise.resolve(1)], [{ deep: [Symbol("s")] }]])("refuses %p and says what to give", (value) => {
  expect(() => encode(value)).toThrow(/cannot travel between threads: .* could not be cloned\. Give plain data/);
});
