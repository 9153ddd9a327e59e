import { horizonOf, ticksOf } from "../../../../extension/src/view/datasets/time-axis.js";
import { formatsFor } from "../../../../extension/src/view/text/formats.js";

const { decimal } = formatsFor("en");
const texts = (horizon: number, most: number) => ticksOf([0, horizon], most, decimal).map(({ text }) => text);

test("while a run goes on its axis ends at a round time ahead, so that it rests", () => {
  expect([0, 90, 980, 990, 10_100, 16_000, 75_000].map((t) => horizonOf(t, true))).toEqual([
    100, 100, 1_000, 1_500, 15_000, 20_000, 80_000,
  ]);
});

test("when the run has ended the axis ends with it", () => {
  expect(horizonOf(10_123, false)).toBe(10_123);
});

test("ticks are at round times, in the unit that fits", () => {
  expect(texts(600, 6)).toEqual(["0 ms", "100 ms", "200 ms", "300 ms", "400 ms", "500 ms", "600 ms"]);
  expect(texts(2_000, 5)).toEqual(["0 s", "0.5 s", "1.0 s", "1.5 s", "2.0 s"]);
  expect(texts(15_000, 8)).toEqual(["0 s", "2 s", "4 s", "6 s", "8 s", "10 s", "12 s", "14 s"]);
  expect(texts(300_000, 6)).toEqual(["0 min", "1 min", "2 min", "3 min", "4 min", "5 min"]);
  expect(texts(3 * 3_600_000, 4)).toEqual(["0 h", "1 h", "2 h", "3 h"]);
});

test("there are never more ticks than have room", () => {
  for (const horizon of [1, 7, 130, 999, 1_001, 55_555, 119_999, 120_001, 9_999_999]) {
    expect(texts(horizon, 6).length).toBeLessThanOrEqual(7);
  }
});

test("a part of the axis has finer ticks, at round times, and none outside", () => {
  const { t, text } = { t: ticksOf([1_234, 1_834], 6, decimal).map((tick) => tick.t), text: texts(0.8, 4) };
  expect(t).toEqual([1_300, 1_400, 1_500, 1_600, 1_700, 1_800]);
  expect(text).toEqual(["0 ms", "0.2 ms", "0.4 ms", "0.6 ms", "0.8 ms"]);
});
