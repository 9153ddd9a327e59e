import { parseBytes, parseMemoryLimit } from "../../kernel/src/parse-bytes.js";

test.each([
  [4096, 4096],
  ["100", 100],
  ["8 MiB", 8_388_608],
  ["100kB", 100_000],
  [" 1.5 gb ", 1_500_000_000],
])("%j is %d bytes", (size, bytes) => {
  expect(parseBytes(size)).toBe(bytes);
});

// The last one: units are looked up by name, and every object knows `constructor`.
test.each(["", "MiB", "-3 MB", "0 MB", "8 parsecs", "8 constructor"])("%j is refused with an example", (size) => {
  expect(() => parseBytes(size)).toThrow(`size "${size}" is not understood: write a number and a unit such as "8 MiB"`);
});

test("a memory limit is a size above 0", () => {
  expect([parseMemoryLimit("2 GB"), parseMemoryLimit(1_000)]).toEqual([2e9, 1_000]);
  for (const limit of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, true, undefined, {}]) {
    expect(() => parseMemoryLimit(limit)).toThrow(/memoryLimit: .* is no size: give bytes, or a text such as "2 GB"/);
  }
});
