import { MemoryStrip } from "../../../kernel/src/dashboard/memory-strip.js";

function stripOf(count: number, bytesAt: (time: number) => number) {
  const strip = new MemoryStrip();
  for (let time = 0; time < count; time++) strip.add(time, bytesAt(time));
  return strip.columns();
}

test("few points are kept as they are", () => {
  expect(stripOf(3, (time) => time * 10)).toEqual({ t: [0, 1, 2], bytes: [0, 10, 20] });
});

test("many points become at most 200 over the whole time, with the peak and the last one", () => {
  const { t, bytes } = stripOf(50_000, (time) => (time === 12_345 ? 999 : time % 7));
  expect(t.length).toBe(bytes.length);
  expect(t.length).toBeLessThanOrEqual(200);
  expect(bytes[t.indexOf(12_345)]).toBe(999);
  expect([t.at(-1), bytes.at(-1)]).toEqual([49_999, 49_999 % 7]);
  // Evenly: the first half of the run has half of the points.
  expect(t.filter((time) => time < 25_000).length / t.length).toBeCloseTo(0.5, 1);
});

test("times never go back", () => {
  const strip = new MemoryStrip();
  for (const time of [10, 4, 12]) strip.add(time, time);
  expect(strip.columns().t).toEqual([10, 12]);
});

test("an empty strip has no points", () => {
  expect(new MemoryStrip().columns()).toEqual({ t: [], bytes: [] });
});
