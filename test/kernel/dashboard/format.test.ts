import { formatMs } from "../../../kernel/src/dashboard/format.js";

test.each([
  [0, "0 ms"],
  [0.4, "<1 ms"],
  [42.4, "42 ms"],
  [414, "0.41 s"],
  [9_994, "9.99 s"],
  [9_996, "10.0 s"],
  [59_960, "1 min 0 s"],
  [3_725_000, "1 h 2 min"],
])("%d ms reads %s", (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});
