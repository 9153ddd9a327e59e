import { formatKey, groupOfKey, type Key, keyId } from "../../../../kernel/src/dag/graph/key.js";

test.each([["a"], [1], [1.5], [["a", 0]], [["a", [1, "b"]]], [""], [[]]])("%j is a key", (key) => {
  expect(typeof keyId(key as Key)).toBe("string");
});

test.each([[true], [null], [undefined], [new Uint8Array(1)], [{ a: 1 }], [[1, null]], [Number.NaN], [Symbol("a")]])(
  "%p is not a key",
  (value) => {
    expect(() => keyId(value as Key)).toThrow(/is not a key: use a string, a finite number, or an array of those/);
  },
);

test("keys that read alike have different ids", () => {
  const keys: Key[] = [
    "a",
    ["a"],
    ["a", 0],
    ["a", "0"],
    "a,0",
    "a[0]",
    ["a,0"],
    0,
    "0",
    [0],
    [["a"], 0],
    ["a", [0]],
    "\0a",
  ];
  expect(new Set(keys.map(keyId)).size).toBe(keys.length);
});

test("equal keys have one id", () => {
  expect(keyId(["x", 0, ["y", -0]])).toBe(keyId(["x", 0, ["y", 0]]));
});

test("a key nested without end is refused", () => {
  const key: unknown[] = ["a"];
  key.push(key);
  expect(() => keyId(key as unknown as Key)).toThrow(/nested more than 16 levels/);
});

test.each<[Key, string]>([
  ["x", "x"],
  [3, "3"],
  [["x", 0, 1], "x[0,1]"],
  [["x"], "[x]"],
  [["x", ["y", 2]], "x[y[2]]"],
  [[1, 2], "[1,2]"],
])("%j is shown as %s", (key, text) => {
  expect(formatKey(key)).toBe(text);
});

test.each<[Key, string]>([
  ["load", "load"],
  ["load-3", "load"],
  ["load-3f2a9c01b", "load"],
  ["hello-world-1", "hello-world"],
  [["sum-1-2", 0, 1], "sum"],
  ["12", "12"],
  [7, "task"],
])("%j belongs to group %s", (key, group) => {
  expect(groupOfKey(key)).toBe(group);
});
