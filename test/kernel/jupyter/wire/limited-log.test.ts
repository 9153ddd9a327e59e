import { jest } from "@jest/globals";
import { limitedLog } from "../../../../kernel/src/jupyter/wire/limited-log.js";

let lines: string[];
let log: (text: string) => void;

beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  log = limitedLog((text) => lines.push(text));
});

afterEach(() => jest.useRealTimers());

test("of a flood ten lines are written, the others counted at the end of the minute", () => {
  for (let n = 0; n < 1000; n++) log(`line ${n}`);
  expect(lines).toEqual(Array.from({ length: 10 }, (_, n) => `line ${n}`));
  jest.advanceTimersByTime(60_000);
  expect(lines.slice(10)).toEqual(["990 more lines like these in a minute were left out"]);
});

test("the next minute begins with its first line", () => {
  log("a");
  jest.advanceTimersByTime(600_000);
  for (let n = 0; n < 10; n++) log("b");
  jest.advanceTimersByTime(60_000);
  expect(lines).toEqual(["a", ..."b".repeat(10)]);
});
