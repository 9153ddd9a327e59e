import { formatBytes, formatMs } from "../../../kernel/src/dashboard/format.js";

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

test.each([
  [1_000, "1000 B"],
  [1_024, "1.00 KiB"],
  [41_943_040, "40.0 MiB"],
  [1_975_684_956, "1.84 GiB"],
])("%d bytes read %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
