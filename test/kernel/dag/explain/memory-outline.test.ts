import { memoryOutline } from "../../../../kernel/src/dag/explain/memory-outline.js";

const box = { x: 10, y: 0, width: 100, height: 20, makespan: 50, most: 40 };

test("a value holds until the next one", () => {
  // 20 of 40 from 0 to 25 ms, 40 to 30 ms, then nothing
  const outline = memoryOutline({ time: [0, 25, 30], held: [20, 40, 0] }, box);
  expect(outline).toBe("M10 10H60V0H70V20H71");
});

test("every peak is seen, however short, and the path has a bounded length", () => {
  const time = Array.from({ length: 100_000 }, (_, i) => i / 2_000);
  const held = time.map((_, i) => (i === 77_777 ? 40 : i % 2));
  const outline = memoryOutline({ time, held }, box);
  expect(outline.match(/V0H/g)).toHaveLength(1);
  expect(outline.length).toBeLessThan(3_000);
});

test("where nothing was held there is no line", () => {
  expect(memoryOutline({ time: [], held: [] }, box)).toBe("");
  expect(memoryOutline({ time: [0], held: [0] }, { ...box, most: 0 })).toBe("");
});
