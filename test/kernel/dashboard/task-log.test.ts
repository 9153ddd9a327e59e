import type { RunStarted } from "../../../kernel/src/dag/engine/events.js";
import { TaskLog } from "../../../kernel/src/dashboard/task-log.js";

const run = "r";

function startedWith(n: number): RunStarted {
  const keys = Array.from({ length: n }, (_, i) => `t-${i}`);
  const none = new Int32Array(0);
  const columns = { groupOf: new Int32Array(n), dependencyStart: new Int32Array(n + 1), dependencies: none };
  return { type: "start", run, time: 0, title: "t", cell: undefined, workers: 1, keys, groups: ["t"], ...columns };
}

test("a task that runs again forgets the end of its first attempt", () => {
  const log = new TaskLog(startedWith(1));
  const change = (state: 1 | 2 | 3, time: number) =>
    log.apply({ type: "tasks", run, task: [0], state: [state], time: [time], worker: [state === 1 ? -1 : 0] });
  change(1, 1);
  change(2, 2);
  change(1, 5);
  change(2, 6);
  expect(log.task(0)).toMatchObject({ queued: 5, start: 6, end: -1 });
  change(3, 9);
  expect(log.task(0)).toMatchObject({ queued: 5, start: 6, end: 9, worker: 0, state: 3 });
});

test("of what a task prints the last 4,000 characters are kept, and it is said that there was more", () => {
  const log = new TaskLog(startedWith(1));
  log.apply({ type: "output", run, task: 0, name: "stdout", text: "first\n" });
  expect(log.task(0)).toMatchObject({ log: "first\n", isLogCut: false });
  log.apply({ type: "output", run, task: 0, name: "stderr", text: "x".repeat(4_000) });
  expect(log.task(0)).toMatchObject({ log: "x".repeat(4_000), isLogCut: true });
});

test("what the thousand tasks that printed last have printed is kept", () => {
  const log = new TaskLog(startedWith(1_001));
  for (let task = 0; task <= 1_000; task++) log.apply({ type: "output", run, task, name: "stdout", text: `${task}` });
  expect([log.task(0)?.log, log.task(1)?.log, log.task(1_000)?.log]).toEqual(["", "1", "1000"]);
});

test("a key of a megabyte is cut", () => {
  const log = new TaskLog({ ...startedWith(1), keys: ["k".repeat(1_000_000)] });
  expect(log.task(0)?.key).toHaveLength(2_000);
});

test("single tasks of a run of more than 100,000 are not known", () => {
  const log = new TaskLog(startedWith(100_001));
  log.apply({ type: "tasks", run, task: [100_000], state: [2], time: [1], worker: [0] });
  expect(log.task(100_000)).toBeUndefined();
});
