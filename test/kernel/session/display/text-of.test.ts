import { textOf } from "../../../../kernel/src/session/display/text-of.js";

const limit = 20_100;

test.each([
  ["a long list", Array.from({ length: 1_000_000 }, (_, index) => index)],
  [
    "lists in lists in lists",
    Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => new Array(200).fill(1))),
  ],
  ["a long text", "x".repeat(1_000_000)],
  ["a typed array", new Float64Array(10_000_000)],
  ["an object of many keys", Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, index]))],
  ["a map", new Map(Array.from({ length: 100_000 }, (_, index) => [index, "x".repeat(1000)]))],
])("the text of %s stays below 20 KB", (_, value) => {
  expect(textOf(value).length).toBeLessThan(limit);
});

test("an object of many keys says how many are left out", () => {
  const value = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${index}`, index]));
  const lines = textOf(value).split("\n");
  expect(lines.at(-2)).toBe("  '… 100 more': null");
});

test("a cut text says how long it was", () => {
  expect(textOf("y".repeat(30_000))).toMatch(/^'y{19999}…\n\(cut: 2\d{4} characters in all\)$/);
});
