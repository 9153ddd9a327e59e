import { isInsideTask, progress, taskSignal, useTaskContext } from "../../../../kernel/src/dag/engine/task-context.js";

afterEach(() => useTaskContext(undefined));

test("outside a task progress does nothing", () => {
  expect(progress(0.5)).toBeUndefined();
});

test("outside a task the signal is never aborted, and nothing is inside one", () => {
  expect([taskSignal().aborted, isInsideTask()]).toEqual([false, false]);
});

test("the worker hears fractions between 0 and 1", () => {
  const heard: number[] = [];
  useTaskContext({
    progress: (fraction) => heard.push(fraction),
    signal: () => new AbortController().signal,
    isInside: () => true,
  });
  for (const fraction of [-1, 0.25, 7]) progress(fraction);
  expect(heard).toEqual([0, 0.25, 1]);
});

test.each([Number.NaN, "half", undefined])("refuses %p", (fraction) => {
  expect(() => progress(fraction as number)).toThrow(
    `progress(${fraction}) is not a number: give a fraction from 0 to 1`,
  );
});
