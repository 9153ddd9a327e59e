import { ref, task } from "../../../kernel/src/dag/graph/index.js";
import { tokenize } from "../../../kernel/src/dag/tokenize.js";

const fn = () => 0;
const values = () => [
  0,
  -0,
  "0",
  0n,
  null,
  undefined,
  true,
  "",
  [],
  {},
  [0],
  ["0"],
  [[0]],
  [0, 0],
  { a: 0 },
  { b: 0 },
  { 0: 0 },
  new Map([["a", 0]]),
  new Set([0]),
  new Date(0),
  /a/,
  new Float64Array([1, 2]),
  new Float64Array([1, 3]),
  new Uint8Array([1]),
  ref("x"),
  ref(["x", 0]),
  task(fn, 1),
  task(fn, 2),
  fn,
];

test("equal values have equal tokens", () => {
  expect(values().map(tokenize)).toEqual(values().map(tokenize));
});

test("different values have different tokens", () => {
  expect(new Set(values().map(tokenize)).size).toBe(values().length);
});

test("functions and objects of classes count by identity", () => {
  const make = () => () => 0;
  expect(tokenize(make())).not.toBe(tokenize(make()));
  class Point {}
  const point = new Point();
  expect(tokenize(point)).toBe(tokenize(point));
  expect(tokenize(new Point())).not.toBe(tokenize(point));
});

test("data that holds itself has a token", () => {
  const circle: unknown[] = [1];
  circle.push(circle);
  expect(tokenize(circle)).toHaveLength(32);
});
