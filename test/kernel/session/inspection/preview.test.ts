import vm from "node:vm";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { kindOf } from "../../../../kernel/src/session/inspection/kind-of.js";
import { preview } from "../../../../kernel/src/session/inspection/preview.js";

let touched = 0;
const touch = () => {
  touched += 1;
  return String(touched);
};
afterEach(() => expect(touched).toBe(0));

class Point {
  x = 1;
  get y() {
    return touch();
  }
  toString() {
    return touch();
  }
  toJSON() {
    return touch();
  }
  [Symbol.toPrimitive]() {
    return touch();
  }
  [Symbol.for("nodejs.util.inspect.custom")]() {
    return touch();
  }
  get [Symbol.toStringTag]() {
    return touch();
  }
}
const circle: Record<string, unknown> = {};
circle.self = circle;

test.each<[unknown, string, string]>([
  [undefined, "undefined", "undefined"],
  [null, "null", "null"],
  [-0, "number", "-0"],
  [true, "boolean", "true"],
  ["it's", "string of 4 characters", '"it\'s"'],
  [12n, "bigint", "12n"],
  [1n << 100_000n, "bigint", "a bigint of more than 2048 bits"],
  [Symbol("s"), "symbol", "Symbol(s)"],
  [{}, "Object", "{}"],
  [{ a: 1, "b c": [true] }, "Object", '{ a: 1, "b c": [true] }'],
  [Object.assign(Object.create(null), { a: 1 }), "Object", "{ a: 1 }"],
  [[], "Array of 0 items", "[]"],
  // biome-ignore lint/suspicious/noSparseArray: holes have to be shown
  [[1, , "x"], "Array of 3 items", '[1, empty, "x"]'],
  [[[[[1]]]], "Array of 1 item", "[[[[…]]]]"],
  [new Point(), "Point", "Point { x: 1 }"],
  [Point, "class", "[class Point]"],
  [class extends Point {}, "class, extends Point", "[class]"],
  [function named() {}, "function", "[function named]"],
  [async () => 1, "async function", "[function]"],
  [new Map([["a", { b: 1 }]]), "Map of 1 entry", 'Map(1) { "a" => { b: 1 } }'],
  [new Set([1, 2]), "Set of 2 items", "Set(2) { 1, 2 }"],
  [new Float64Array([0.5, 1]), "Float64Array of 2 elements, 16 B", "Float64Array(2) [0.5, 1]"],
  [new ArrayBuffer(2048), "ArrayBuffer of 2.00 KiB", "ArrayBuffer {}"],
  [new Date(0), "Date", "1970-01-01T00:00:00.000Z"],
  [new Date(Number.NaN), "Date", "Invalid Date"],
  [/a+/g, "RegExp", "/a+/g"],
  [new RangeError("too far"), "RangeError", "RangeError: too far"],
  [Promise.resolve(1), "Promise", "Promise"],
  [new Proxy({}, { ownKeys: touch as never }), "Proxy", "Proxy"],
  [new Proxy(() => 1, { get: touch }), "Proxy of a function", "Proxy"],
  [
    {
      get a() {
        return touch();
      },
    },
    "Object",
    "{ a: [getter] }",
  ],
  [[new Proxy([], { get: touch })], "Array of 1 item", "[Proxy]"],
  [Object.create(new Proxy({}, { get: touch, getPrototypeOf: touch as never })), "Object", "{}"],
  [circle, "Object", "{ self: { self: { self: {…} } } }"],
  [vm.runInNewContext("new Map([[1, [2]]])"), "Map of 1 entry", "Map(1) { 1 => [2] }"],
  [{ constructor: new Point() }, "Object", "{ constructor: Point { x: 1 } }"],
])("%# a value is described by its kind and content", (value, kind, text) => {
  expect([kindOf(value), preview(value)]).toEqual([kind, text]);
});

test("long values are cut where they say how much is left", () => {
  expect(preview(Array.from({ length: 30 }, (_, index) => index))).toMatch(/\n {2}19,\n {2}… 10 more\n\]$/);
  expect(preview(new Map(Array.from({ length: 30 }, (_, index) => [index, 0])))).toContain("… 10 more");
  expect(preview("x".repeat(5000))).toBe(`"${"x".repeat(199)}…"`);
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, "x".repeat(1000)]));
  expect(preview([wide, wide, wide, wide]).length).toBe(2000);
  expect(preview(new Float64Array(10_000_000))).toContain("… 9999980 more");
});

test("what does not fit in a line stands one below the other", () => {
  expect(preview({ a: "x".repeat(50), b: { c: "y".repeat(50) } })).toBe(
    `{\n  a: "${"x".repeat(50)}",\n  b: { c: "${"y".repeat(50)}" }\n}`,
  );
});

test("values of this library say what they are, also where somebody put traps on them", () => {
  const array = new NDArray(new Float64Array([1, 2, 3, 4]), [2, 2]);
  expect(preview(array)).toBe("float64 [2, 2]\n[[1, 2],\n [3, 4]]");
  for (const name of ["get", "dtype", "ndim"]) Object.defineProperty(array, name, { get: touch });
  expect(preview(array)).toBe("float64 [2, 2]\n[[1, 2],\n [3, 4]]");
  expect(preview({ chunked: da.zeros([2]) })).toContain("chunked: ChunkedArray\n");
  const handler: ProxyHandler<object> = {};
  const lazy = delayed([new Proxy({}, handler)]);
  Object.assign(handler, { get: touch, has: touch, getPrototypeOf: touch, ownKeys: touch });
  expect(preview(lazy)).toMatch(/^Delayed\(.*\): 0 tasks, not computed yet$/);
  const { prototype } = Object.getPrototypeOf(delayed(1)).constructor;
  expect(preview(Object.create(prototype))).toBe("Delayed {}");
});
