import { jest } from "@jest/globals";
import { type StreamBatch, StreamBatches } from "../../../kernel/src/jupyter/stream-batches.js";

let emitted: string[];
let batches: StreamBatches;

beforeEach(() => {
  jest.useFakeTimers();
  emitted = [];
  batches = new StreamBatches(({ cell, name, texts }: StreamBatch) =>
    emitted.push(`${cell} ${name} ${texts.join("")}`),
  );
});

afterEach(() => {
  jest.useRealTimers();
});

test("text of one stream leaves joined after 50 milliseconds", () => {
  batches.add("c1", "stdout", "a");
  batches.add("c1", "stdout", "b");
  jest.advanceTimersByTime(49);
  expect(emitted).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(emitted).toEqual(["c1 stdout ab"]);
});

test("text that keeps coming does not put off what waits", () => {
  for (let i = 0; i < 10; i++) {
    batches.add("c1", "stdout", ".");
    jest.advanceTimersByTime(10);
  }
  expect(emitted).toEqual(["c1 stdout .....", "c1 stdout ....."]);
});

test("the order between streams and between cells is kept", () => {
  batches.add("c1", "stdout", "1");
  batches.add("c1", "stderr", "2");
  batches.add("c1", "stdout", "3");
  batches.add("c2", "stdout", "4");
  batches.flush();
  expect(emitted).toEqual(["c1 stdout 1", "c1 stderr 2", "c1 stdout 3", "c2 stdout 4"]);
});

test("64 K of text leave at once", () => {
  const half = "x".repeat(32 << 10);
  batches.add("c1", "stdout", half);
  expect(emitted).toEqual([]);
  batches.add("c1", "stdout", half);
  expect(emitted).toEqual([`c1 stdout ${half}${half}`]);
});

test("a flush emits everything once, also when nothing waits", () => {
  batches.flush();
  batches.add("c1", "stdout", "a");
  batches.flush();
  jest.advanceTimersByTime(100);
  expect(emitted).toEqual(["c1 stdout a"]);
});
