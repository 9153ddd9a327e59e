import type { StreamEntry } from "../../../../kernel/src/dag/explain/stream-entry.js";
import { hueOf, streamPicture } from "../../../../kernel/src/dag/explain/stream-picture.js";

const textOf = (time: number) => `${time} ms`;
const entry = (group: string, worker: number, start: number, end: number): StreamEntry => {
  return { key: `${group}-${start}`, group, worker, start, end };
};
const rects = (svg: string) => svg.match(/<rect [^>]*fill="[^>]*>/g) ?? [];

test("a task lies where and as long as it ran, in the lane of its worker", () => {
  const svg = streamPicture([entry("a", 0, 0, 4), entry("b", 1, 4, 8)], { groups: ["a", "b"], makespan: 16, textOf });
  expect(rects(svg)).toEqual([
    `<rect x="0" y="0" width="31.5" height="10" fill="${hueOf(0)}">`,
    `<rect x="32" y="12" width="31.5" height="10" fill="${hueOf(1)}">`,
  ]);
});

test("a hundred thousand tasks make a picture of bounded size", () => {
  const stream = Array.from({ length: 100_000 }, (_, i) => entry(`f${i % 7}`, i % 40, i, i + 40));
  const groups = Array.from({ length: 7 }, (_, i) => `f${i}`);
  const svg = streamPicture(stream, { groups, makespan: 100_039, textOf });
  expect(svg.length).toBeLessThan(80_000);
  expect(svg).toContain("32 more workers");
});

test("slices show which function took the time, and how much of it", () => {
  // 400 tasks of half the time in the left half, 400 of the whole time in the right one.
  const left = Array.from({ length: 400 }, (_, i) => entry("half", 0, i, i + 0.5));
  const right = Array.from({ length: 400 }, (_, i) => entry("whole", 0, 400 + i, 401 + i));
  const svg = streamPicture([...left, ...right], { groups: ["half", "whole"], makespan: 800, textOf });
  expect(rects(svg)).toEqual([
    `<rect x="0" y="0" width="64" height="10" fill="${hueOf(0)}" fill-opacity="0.5">`,
    `<rect x="64" y="0" width="64" height="10" fill="${hueOf(1)}">`,
  ]);
});

test("a run that takes no time is an empty picture", () => {
  expect(rects(streamPicture([entry("a", 0, 0, 0)], { groups: ["a"], makespan: 0, textOf }))).toEqual([]);
});

/** @see WCAG 2.2, relative luminance */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

test.each([["#ffffff"], ["#111111"]])("every colour is seen on %s", (ground) => {
  for (let i = 0; i < 8; i++) {
    const [dark, light] = [luminance(hueOf(i)), luminance(ground)].sort((a, b) => a - b);
    expect((light! + 0.05) / (dark! + 0.05)).toBeGreaterThan(3);
  }
});
