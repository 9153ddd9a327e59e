import { kindOf } from "../../../../kernel/src/dag/engine/kind-of.js";
import { encode } from "../../../../kernel/src/dag/engine/value.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";

test.each<readonly [string, unknown]>([
  ["number", 1.5],
  ["string", "x"],
  ["undefined", undefined],
  ["null", null],
  ["bigint", 5n],
  ["object", { a: 1 }],
  ["Array", [1, 2]],
  // biome-ignore lint/suspicious/noSparseArray: V8 writes it in another way
  ["Array", [1, , 2]],
  ["Map", new Map([[1, 2]])],
  ["Set", new Set([1])],
  ["Date", new Date(0)],
  ["RegExp", /x/],
  ["ArrayBuffer", new ArrayBuffer(8)],
  ["typed array", new Float32Array(2)],
  ["Array", [new Error("inside")]],
  ["object", new SharedArrayBuffer(8)],
])("%s", (kind, value) => {
  expect(kindOf(encode(value))).toBe(kind);
});

test("an array is named with type and shape", () => {
  const encoded = encode(new NDArray(new Float64Array(6), [2, 3]));
  expect(kindOf(encoded)).toBe("NDArray float64 [2, 3]");
  arena().release(encoded as Parameters<ReturnType<typeof arena>["release"]>[0]);
});
