// Which states may follow which, checked on the events of random graphs that finish, fail, run again and are cancelled.
import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import { type RunEvent, type RunState, State, type StateCode } from "../../../../kernel/src/dag/engine/events.js";
import { captureStreams, changed, engineKinds, eventsOf, openGate, sharedCells } from "../../../support/engines.js";
import { seededRandom } from "../../../support/graphs.js";
import { packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

const { waiting, queued, processing, memory, released, erred, cancelled } = State;

const followers: Readonly<Record<StateCode, readonly StateCode[]>> = {
  // A task may travel together with what it needs, and so be begun without having been ready.
  [waiting]: [queued, processing, erred, cancelled],
  // Taken by a worker that did not begin it, it is queued again.
  [queued]: [queued, processing, cancelled],
  // Queued: it runs again after an error. Waiting or queued: its worker was lost.
  [processing]: [memory, erred, queued, waiting, cancelled],
  [memory]: [released],
  [released]: [],
  [erred]: [],
  // After a first failure has stopped the run, what it needed may throw too.
  [cancelled]: [erred],
};

const finals: Readonly<Record<Exclude<RunState, "running">, readonly StateCode[]>> = {
  finished: [memory, released],
  erred: [released, erred, cancelled],
  cancelled: [released, cancelled, erred],
};

/** Every break of the rules in the events of one run, in words. */
function breaks(events: readonly RunEvent[]): string[] {
  const found: string[] = [];
  const [start, end] = [events[0], events.at(-1)];
  if (start?.type !== "start" || end?.type !== "end") return ["the first event is not start or the last not end"];
  if (events.filter(({ type }) => type === "start" || type === "end").length !== 2) found.push("start or end twice");
  const state: StateCode[] = start.keys.map(() => waiting);
  const time = start.keys.map(() => Number.NEGATIVE_INFINITY);
  const startOf = [...time];
  const endOf = [...time];
  for (const event of events) {
    if (event.type !== "tasks") continue;
    for (const [i, task] of event.task.entries()) {
      const [from, to] = [state[task], event.state[i]];
      const what = `${start.keys[task]}: ${from} -> ${to}`;
      if (!followers[from].includes(to)) found.push(what);
      const isOfWorker = to === processing || to === memory;
      if (isOfWorker && event.worker[i] < 0) found.push(`${what} without a worker`);
      if (isOfWorker && from === processing && event.time[i] < time[task]) found.push(`${what} back in time`);
      state[task] = to;
      time[task] = event.time[i];
      if (to === processing) startOf[task] = event.time[i];
      if (to === memory) endOf[task] = event.time[i];
    }
  }
  for (const [task, code] of state.entries()) {
    // By their times: a worker is seen to begin the next task of a batch before it has answered for the one before.
    const needs = start.dependencies.subarray(start.dependencyStart[task], start.dependencyStart[task + 1]);
    const isEarly = endOf[task] >= 0 && needs.some((needed) => !(endOf[needed] >= 0 && endOf[needed] <= startOf[task]));
    if (isEarly) found.push(`${start.keys[task]} ran before what it needs`);
    if (!finals[end.state].includes(code)) found.push(`${start.keys[task]} ends as ${code} in a run that ${end.state}`);
  }
  return found;
}

/** Up to three needs per task, all of them earlier tasks. */
function randomTasks(random: () => number, size: number, failing: (i: number) => boolean): Record<string, TaskSpec> {
  const tasks: Record<string, TaskSpec> = {};
  for (let i = 0; i < size; i++) {
    const needs = Array.from({ length: Math.floor(random() * 4) }, () => `t${Math.floor(random() * i)}`);
    const args = i === 0 ? [] : [...new Set(needs)].map(result);
    tasks[`t${i}`] = failing(i) ? ["failTimes", new SharedArrayBuffer(4), 2] : ["sum", ...args, i];
  }
  return tasks;
}

describe.each(engineKinds)("%s", (_, make) => {
  let engine: Engine;
  let streams: ReturnType<typeof captureStreams>;
  beforeAll(() => {
    engine = make(2);
    streams = captureStreams();
  });
  afterAll(async () => {
    streams.restore();
    await engine.close();
  });

  test.each(["finished", "erred", "cancelled"] as const)(
    "every task has its events in order in runs that %s",
    async (how) => {
      const broken: string[] = [];
      const ends = new Set<string>();
      for (let seed = 1; seed <= 20; seed++) {
        const random = seededRandom(seed);
        const size = 50 + Math.floor(random() * 400);
        const tasks = randomTasks(random, size, (i) => i % 40 === 20);
        const { buffer, cells } = sharedCells();
        if (how === "cancelled") tasks[`t${Math.floor(size / 2)}`] = ["countAndBlock", buffer];
        const outputs = Object.keys(tasks).filter(() => random() < 0.3);
        // Those that fail do so twice: two more tries are enough, one is not.
        const run = engine.start(requestOf(packedGraph(tasks, outputs), { retries: how === "erred" ? 1 : 2 }));
        run.results.catch(() => undefined);
        if (how === "cancelled") {
          await changed(cells, 0, 0);
          run.cancel();
          openGate(cells);
        }
        const events = await eventsOf(run);
        const end = events.at(-1);
        if (end?.type === "end") ends.add(end.state);
        broken.push(...breaks(events).map((text) => `seed ${seed}, ${text}`));
      }
      expect([broken, [...ends]]).toEqual([[], [how]]);
    },
  );
});
