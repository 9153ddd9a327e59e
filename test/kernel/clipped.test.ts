import { clipped } from "../../kernel/src/clipped.js";

test.each([
  ["short", 5, "short"],
  ["longer", 5, "long…"],
  ["abcd🙂s", 6, "abcd…"],
  ["", 5, ""],
])("%j in %d characters is %j", (text, limit, expected) => {
  expect(clipped(text, limit)).toBe(expected);
});
