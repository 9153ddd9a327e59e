import { formatsFor } from "../../../../extension/src/view/text/formats.js";

const formats = formatsFor("en");

test("measured times have two or three digits", () => {
  const times = [0, 0.4, 4.4, 99.4, 99.6, 410, 9_990, 12_345, 59_900, 59_990, 125_000, 3_725_000];
  expect(times.map(formats.duration)).toEqual([
    "0 ms",
    "<1 ms",
    "4 ms",
    "99 ms",
    "0.10 s",
    "0.41 s",
    "9.99 s",
    "12.3 s",
    "59.9 s",
    "1 min 0 s",
    "2 min 5 s",
    "1 h 2 min",
  ]);
});

test("a running clock shows tenths, then minutes", () => {
  expect([0, 940, 59_940, 61_000].map(formats.clock)).toEqual(["0.0 s", "0.9 s", "59.9 s", "1 min 1 s"]);
});

test("a rough time is never nothing", () => {
  expect([20, 7_400, 59_000, 130_000, 5_400_000].map(formats.about)).toEqual(["1 s", "7 s", "59 s", "2 min", "1.5 h"]);
});

test("sizes are in binary units with three digits", () => {
  expect([0, 1, 999, 1024, 14.1 * 2 ** 20, 250 * 2 ** 20, 1.84 * 2 ** 30].map(formats.bytes)).toEqual([
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1.00 KiB",
    "14.1 MiB",
    "250 MiB",
    "1.84 GiB",
  ]);
});

test("a percentage is 100 only when all is done", () => {
  expect([0, 0.629, 0.9999, 1].map(formats.percent)).toEqual(["0%", "62%", "99%", "100%"]);
});
