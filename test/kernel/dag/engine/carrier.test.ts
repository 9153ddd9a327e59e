import { delayed } from "../../../../kernel/src/dag/delayed.js";
import { decode, encode } from "../../../../kernel/src/dag/engine/value.js";

class Point {
  x = 1;
}

test.each([
  ["Point", { deep: [new Map([["p", new Point()]])] }],
  ["URL", new URL("http://a.b")],
  ["Headers", new Headers({ a: "b" })],
  ["DateTimeFormat", new Intl.DateTimeFormat()],
])("an instance of %s is refused: it would arrive without a part of itself", (name, value) => {
  expect(() => encode(value)).toThrow(
    `an instance of ${name} cannot travel between threads: its methods and private fields would be lost. Give plain data`,
  );
});

test("a lazy value as a result is refused", () => {
  expect(() => encode({ lazy: delayed(1) })).toThrow(/a lazy value cannot be the result of a task: give its value/);
});

test("built-in objects arrive as what they were, also inside others", () => {
  const value = {
    date: new Date(0),
    pattern: /a/g,
    error: new RangeError("r"),
    map: new Map([[1, new Set([2n])]]),
    bare: Object.assign(Object.create(null), { a: 1 }),
    match: /(?<a>x)/.exec("x")?.groups,
    bytes: Buffer.from("hey"),
  };
  const arrived = decode(encode(value)) as typeof value;
  expect(arrived).toEqual(value);
  expect(arrived.bytes.toString()).toBe("hey");
});

test("an array of a subclass arrives as an array", () => {
  class List extends Array<number> {}
  expect(decode(encode([List.of(1, 2)]))).toEqual([[1, 2]]);
});

test("what only the platform can clone travels as itself", async () => {
  const [blob] = decode(structuredClone(encode([new Blob(["abc"])]))) as [Blob];
  expect(await blob.text()).toBe("abc");
});
