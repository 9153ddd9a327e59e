import { preview, previewArguments } from "../../../../kernel/src/dag/engine/preview.js";
import type { Block } from "../../../../kernel/src/dag/memory/block.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";

class Point {
  x = 1;
}
const block: Block = { dagbook: "block", memory: 0, offset: 64, dtype: "int32", shape: [5] };

test.each([
  [undefined, "undefined"],
  [-0.5, "-0.5"],
  [3n, "3n"],
  ["a\nb", '"a\\nb"'],
  ["x".repeat(1e6), `"${"x".repeat(40)}"… (1000000 characters)`],
  [[1, [2, "a"], [[3]]], '[1, [2, "a"], [Array(1)]]'],
  [new Array(1e6).fill(0), "Array(1000000)"],
  [{ n: 1, inner: { list: [] } }, "{n: 1, inner: {list: Array(0)}}"],
  [{ text: "x".repeat(60), more: "y".repeat(60) }, "{text, more}"],
  [Object.fromEntries("abcdefghij".split("").map((name) => [name, 1])), "{a, b, c, d, e, f, g, h, …}"],
  [new Point(), "Point {x: 1}"],
  [new Float64Array(1000), "Float64Array(1000)"],
  [new DataView(new ArrayBuffer(3)), "DataView(3)"],
  [new Map([[1, 2]]), "Map(1)"],
  [new Date(0), "1970-01-01T00:00:00.000Z"],
  [/a+/, "/a+/"],
  [new RangeError("no"), "RangeError: no"],
  [new NDArray(new Float64Array(6), [2, 3]), "float64[2, 3]"],
  [block, "int32[5]"],
  [Math.max, "function max"],
])("%# shows what a value is: %p", (value, text) => {
  expect(preview(value)).toBe(text);
});

test.each([["\n".repeat(70)], [{ ["k".repeat(200)]: 1 }], [new Error("x".repeat(500))]])(
  "no text is longer than 80 characters",
  (value) => expect(preview(value).length).toBeLessThanOrEqual(80),
);

test("a value that throws when it is looked at shows its type", () => {
  const refuse = (): never => {
    throw new Error("no");
  };
  expect(preview(new Proxy({}, { get: refuse, getPrototypeOf: refuse }))).toBe("object");
});

test("shows the first of many arguments", () => {
  expect(previewArguments([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual([
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "… 2 more",
  ]);
});
