import { buffersOf, packValues, unpackValues } from "../../../../kernel/src/dag/engine/packed-values.js";
import { decode, encode } from "../../../../kernel/src/dag/engine/value.js";

const roundTrip = (values: readonly unknown[]): unknown[] => {
  const packed = packValues(values.map((value) => encode(value)));
  return unpackValues(structuredClone(packed, { transfer: buffersOf(packed) })).map((value) => decode(value));
};

test("values of all kinds come out in their order", () => {
  const values = [1, { a: 1 }, undefined, [2], "text", new Float64Array(20_000), { b: new Set([3]) }, null];
  expect(roundTrip(values)).toEqual(values);
});

test("small serialized values share one buffer, large ones keep their own", () => {
  const packed = packValues([encode([1]), encode([2]), encode(new Uint8Array(100_000))]);
  expect(buffersOf(packed)).toHaveLength(2);
});

test("values unpacked from a message can be packed again, without the rest of their message", () => {
  const first = unpackValues(packValues([encode([1]), encode([2]), encode(["x".repeat(1_000)])]));
  const again = packValues([first[1]]);
  expect(again.bytes.byteLength).toBeLessThan(20);
  expect(unpackValues(again).map((value) => decode(value))).toEqual([[2]]);
});
