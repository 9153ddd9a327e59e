import { asDType, dtypes, itemsize } from "../../../../kernel/src/dag/memory/dtype.js";

test("every element type is known by its name and has its size in bytes", () => {
  expect(dtypes.map((name) => [asDType(name), itemsize(name)])).toEqual([
    ["float64", 8],
    ["float32", 4],
    ["int32", 4],
    ["bool", 1],
    ["int8", 1],
    ["uint8", 1],
    ["int16", 2],
    ["uint16", 2],
    ["uint32", 4],
    ["int64", 8],
    ["uint64", 8],
  ]);
});

test.each(["float16", "toString", "", 64, undefined])("%j is no element type, and the error lists them", (value) => {
  expect(() => asDType(value)).toThrow("is not known: use one of float64, float32, int32, bool");
});
