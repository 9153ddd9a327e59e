import { MemoryStrip } from "../../../../extension/src/view/store/memory-strip.js";

test("a long run keeps at most 400 points of memory, its peak and its last value among them", () => {
  const strip = new MemoryStrip();
  for (let t = 0; t < 10_000; t++) strip.append({ t: [t], bytes: [t === 4321 ? 1e9 : t] });
  expect(strip.t.length).toBeLessThanOrEqual(400);
  expect(Math.max(...strip.bytes)).toBe(1e9);
  expect(strip.t[strip.bytes.indexOf(1e9)]).toBe(4321);
  expect(strip.last).toBe(9999);
  expect([...strip.t].sort((a, b) => a - b)).toEqual(strip.t);
});

test("no memory is no bytes", () => {
  expect(new MemoryStrip().last).toBe(0);
});
