import { withPlaces } from "../../../extension/src/renderer/cell-place.js";

test("places of cells in a stack are found, files and other text are left alone", () => {
  const stack = "RangeError: no\n    at work (cell-12.ts:3:10)\n    at other (/home/cell-1.txt:4:5)";
  expect(withPlaces(stack)).toEqual([
    { text: "RangeError: no\n    at work (" },
    { text: "cell-12.ts:3:10", place: { cell: 12, line: 3, column: 10 } },
    { text: ")\n    at other (/home/cell-1.txt:4:5)" },
  ]);
});

test("a place without a column is at the beginning of its line", () => {
  expect(withPlaces("cell-2.ts:7")).toEqual([{ text: "cell-2.ts:7", place: { cell: 2, line: 7, column: 1 } }]);
});

test("text without places is one piece, none is none, and digits without end are no place", () => {
  expect(withPlaces("no place")).toEqual([{ text: "no place" }]);
  expect(withPlaces("")).toEqual([]);
  expect(withPlaces(`cell-${"1".repeat(20)}.ts:1:1`)).toHaveLength(1);
});
