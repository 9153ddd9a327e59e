import type { StreamEntry } from "../../../../kernel/src/dag/explain/stream-entry.js";
import { streamParts } from "../../../../kernel/src/dag/explain/stream-parts.js";

const textOf = (time: number) => `${time} ms`;
const entry = (group: string, worker: number, start: number, end: number): StreamEntry => {
  return { key: `${group}-${start}`, group, worker, start, end };
};

test("a task lies where and as long as it ran, in the lane of its worker", () => {
  const options = { groups: ["a", "b"], makespan: 16, width: 128, textOf };
  expect(streamParts([entry("a", 0, 0, 4), entry("b", 1, 4, 8)], options)).toEqual([
    { lane: 0, x: 0, width: 31.5, hue: 0, share: 1, text: "a-0, worker 0, 0 ms to 4 ms" },
    { lane: 1, x: 32, width: 31.5, hue: 1, share: 1, text: "b-4, worker 1, 4 ms to 8 ms" },
  ]);
});

test("slices show which function took the time, and how much of it", () => {
  // 400 tasks of half the time in the left half, 400 of the whole time in the right one.
  const left = Array.from({ length: 400 }, (_, i) => entry("half", 0, i, i + 0.5));
  const right = Array.from({ length: 400 }, (_, i) => entry("whole", 0, 400 + i, 401 + i));
  const options = { groups: ["half", "whole"], makespan: 800, width: 128, textOf };
  expect(streamParts([...left, ...right], options)).toEqual([
    { lane: 0, x: 0, width: 64, hue: 0, share: 0.5, text: "" },
    { lane: 0, x: 64, width: 64, hue: 1, share: 1, text: "" },
  ]);
});

test("a run that takes no time has no parts", () => {
  expect(streamParts([entry("a", 0, 0, 0)], { groups: ["a"], makespan: 0, width: 128, textOf })).toEqual([]);
});
