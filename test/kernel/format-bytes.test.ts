import { formatBytes } from "../../kernel/src/format-bytes.js";

test.each([
  [0, "0 B"],
  [1_000, "1000 B"],
  [1_023, "1023 B"],
  [1_024, "1.00 KiB"],
  [8_388_608, "8.00 MiB"],
  [8_000_000, "7.63 MiB"],
  [41_943_040, "40.0 MiB"],
  [1_975_684_956, "1.84 GiB"],
  [2 ** 40 * 12.34, "12.3 TiB"],
])("%d bytes are written as %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
