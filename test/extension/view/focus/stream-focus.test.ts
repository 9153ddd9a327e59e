import { streamKey, streamText } from "../../../../extension/src/view/focus/stream-focus.js";
import type { Lens } from "../../../../extension/src/view/lens.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { reportGraph } from "../../../support/simulated-graphs.js";

const run = new SimulatedRun(reportGraph());
const store = RunStore.fromBundle(run.bundleAt(run.end));

function press(...keys: string[]): Lens {
  return keys.reduce<Lens>((lens, key) => {
    const isShift = key.startsWith("Shift ");
    return streamKey(store, lens, key.replace("Shift ", ""), isShift) ?? lens;
  }, {});
}

const shares = (span: Lens["brush"]) => span?.map((time) => Number((time / run.end).toFixed(3)));

test("an arrow marks the first tenth of the run, further ones move it, with Shift its end", () => {
  expect(shares(press("ArrowRight").brush)).toEqual([0, 0.1]);
  expect(shares(press("ArrowRight", "ArrowRight").brush)).toEqual([0.05, 0.15]);
  expect(shares(press("ArrowRight", "Shift ArrowRight").brush)).toEqual([0, 0.15]);
  expect(shares(press("ArrowRight", "Shift ArrowRight", "Shift ArrowLeft").brush)).toEqual([0, 0.1]);
});

test("what is marked stays within the run, and keeps a length", () => {
  expect(shares(press("ArrowRight", "ArrowLeft").brush)).toEqual([0, 0.1]);
  const far = press(...Array<string>(40).fill("ArrowRight"));
  expect(shares(far.brush)).toEqual([0.9, 1]);
  expect(shares(press("ArrowRight", ...Array<string>(9).fill("Shift ArrowLeft")).brush)).toEqual([0, 0.05]);
});

test("plus and minus stretch the time around the mark, Home and End show the ends of the run", () => {
  const stretched = press("ArrowRight", "+", "+");
  const [from, to] = stretched.span!;
  expect(to - from).toBeCloseTo(run.end / 2.25, 0);
  // The middle of the mark, at a twentieth of the run, stays where it is on the page.
  expect((run.end / 20 - from) / (to - from)).toBeCloseTo(1 / 20, 5);
  expect(press("+", "-").span).toBeUndefined();
  const end = press("+", "End").span!;
  expect([end[1], end[1] - end[0]].map(Math.round)).toEqual([run.end, run.end / 1.5].map(Math.round));
  expect(press("+", "End", "Home").span![0]).toBe(0);
});

test("a stretched stream follows what is marked", () => {
  const lens = press("+", "Home", ...Array<string>(60).fill("ArrowRight"));
  expect(lens.brush![1]).toBeCloseTo(run.end, 3);
  expect(lens.span![1]).toBeCloseTo(run.end, 3);
});

test("keys that do nothing are left to others", () => {
  expect([streamKey(store, {}, "a", false), streamKey(store, {}, "Home", false)]).toEqual([undefined, undefined]);
});

test("a mark is told by its times and the tasks that ran then", () => {
  const all: Lens = { brush: [0, run.end] };
  expect(streamText(store, all)).toMatch(/^0 ms to [\d.]+ s: 13 tasks ran$/);
  expect(streamText(store, {})).toMatch(/^0 ms to [\d.]+ s$/);
});
