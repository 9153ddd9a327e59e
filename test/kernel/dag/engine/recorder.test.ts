import type { RunEvent } from "../../../../kernel/src/dag/engine/events.js";
import { State } from "../../../../kernel/src/dag/engine/events.js";
import { Recorder } from "../../../../kernel/src/dag/engine/recorder.js";

const start = {
  type: "start",
  run: "r",
  time: 0,
  title: "",
  cell: undefined,
  workers: 1,
  keys: ["a", "b"],
  groups: ["g"],
  groupOf: Int32Array.of(0, 0),
  dependencyStart: Int32Array.of(0, 0, 0),
  dependencies: new Int32Array(0),
} as const;

async function eventsAfterStart(recorder: Recorder): Promise<RunEvent[]> {
  recorder.end("finished", 9);
  const events: RunEvent[] = [];
  for await (const event of recorder.log) events.push(event);
  return events.slice(1);
}

test("what happens between two flushes becomes one event per kind", async () => {
  const recorder = new Recorder(start, true);
  recorder.changed(0, State.processing, 1, 0);
  recorder.changed(0, State.memory, 2, 0);
  recorder.progressed(1, 0.5);
  recorder.held(8);
  recorder.sized(0, 8);
  recorder.printed(1, "stdout", "one\n");
  recorder.printed(1, "stdout", "two\n");
  recorder.flush(3);
  recorder.flush(4);
  expect(await eventsAfterStart(recorder)).toEqual([
    {
      type: "tasks",
      run: "r",
      task: Int32Array.of(0, 0),
      state: Uint8Array.of(2, 3),
      time: Float64Array.of(1, 2),
      worker: Int32Array.of(0, 0),
    },
    { type: "sizes", run: "r", task: Int32Array.of(0), bytes: Float64Array.of(8) },
    { type: "progress", run: "r", task: [1], fraction: [0.5] },
    { type: "memory", run: "r", time: 3, bytes: 8 },
    { type: "output", run: "r", task: 1, name: "stdout", text: "one\ntwo\n" },
    { type: "end", run: "r", state: "finished", time: 9, peak: 8 },
  ]);
});

test("tells each of many changes once, in events that later changes leave alone", async () => {
  const recorder = new Recorder(start, true);
  for (let i = 0; i < 3_000; i++) {
    recorder.changed(i % 7, State.processing, i / 2, i % 3);
    if (i === 999) recorder.flush(0);
  }
  const told = (await eventsAfterStart(recorder)).filter((event) => event.type === "tasks");
  expect(told.map(({ task }) => task.length)).toEqual([1_000, 2_000]);
  const rows = told.flatMap(({ task, time, worker }) => Array.from(task, (t, i) => [t, time[i], worker[i]]));
  expect(rows).toEqual(Array.from({ length: 3_000 }, (_, i) => [i % 7, i / 2, i % 3]));
});

test("a fraction that does not change is told once", async () => {
  const recorder = new Recorder(start, true);
  for (let i = 0; i < 3; i++) {
    recorder.progressed(0, 0.5);
    recorder.flush(i);
  }
  expect((await eventsAfterStart(recorder)).map(({ type }) => type)).toEqual(["progress", "end"]);
});

test("keeps the peak of bytes held between two flushes", async () => {
  const recorder = new Recorder(start, true);
  recorder.held(100);
  recorder.held(-100);
  recorder.flush(1);
  expect(await eventsAfterStart(recorder)).toEqual([{ type: "end", run: "r", state: "finished", time: 9, peak: 100 }]);
});
