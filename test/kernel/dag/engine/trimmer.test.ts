import { setImmediate as turn } from "node:timers/promises";
import { jest } from "@jest/globals";
import { Trimmer } from "../../../../kernel/src/dag/engine/trimmer.js";
import { Arena, arena, useArena } from "../../../../kernel/src/dag/memory/arena.js";

const IDLE_MS = 1_000;
const COUNT = 10_000_000;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["setImmediate", "performance", "nextTick", "queueMicrotask"] });
  useArena(Arena.create({ limitBytes: 100e6 }));
  const block = arena().allocate("float64", [COUNT]);
  arena().view(block).fill(1);
  arena().release(block);
});
afterEach(() => jest.useRealTimers());

/** Elements of the free block that are still as they were, after a trim would have had its time. */
async function leftAfterTrim(): Promise<number> {
  for (let i = 0; i < 100; i++) await turn();
  const elements = new Float64Array(arena().handle.memories[0].buffer);
  return elements.reduce((count, element) => count + Number(element === 1), 0);
}

test("an engine without runs for some time gives free memory back, once", async () => {
  const trimmer = new Trimmer(() => false, IDLE_MS);
  trimmer.used();
  jest.advanceTimersByTime(IDLE_MS);
  // A run began within the time.
  expect(await leftAfterTrim()).toBe(COUNT);
  jest.advanceTimersByTime(IDLE_MS);
  expect(await leftAfterTrim()).toBeLessThan(20_000);
  expect(jest.getTimerCount()).toBe(0);
});

test("an engine with a run, and one that was closed, gives nothing back", async () => {
  let isBusy = true;
  const trimmer = new Trimmer(() => isBusy, IDLE_MS);
  trimmer.used();
  jest.advanceTimersByTime(3 * IDLE_MS);
  expect(await leftAfterTrim()).toBe(COUNT);
  isBusy = false;
  trimmer.close();
  jest.advanceTimersByTime(3 * IDLE_MS);
  expect(await leftAfterTrim()).toBe(COUNT);
});
