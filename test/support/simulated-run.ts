/**
 * Runs without an engine: a graph, times of its tasks, and the events an engine would send. The same
 * numbers on every machine.
 */
import { type RunEvent, type RunStarted, State, type StateCode } from "../../kernel/src/dag/engine/events.js";

export interface SimulatedTask {
  readonly group: string;
  readonly needs: readonly number[];
  readonly ms: number;
}

interface Change {
  readonly time: number;
  readonly task: number;
  readonly state: StateCode;
  readonly worker: number;
}

export interface SimulationOptions {
  readonly run: string;
  readonly title: string;
  readonly workers: number;
  /** this task throws */
  readonly failing?: number;
  /** events after this time are left out */
  readonly until?: number;
}

/** `read` x 4 -> `clean` x 4 -> `fit` x 2 -> `merge` -> `plot`, `save`: 13 tasks. */
export function smallGraph(): SimulatedTask[] {
  const read = [0, 1, 2, 3].map((i) => ({ group: "read", needs: [], ms: 380 + 20 * i }));
  const clean = [0, 1, 2, 3].map((i) => ({ group: "clean", needs: [i], ms: 900 - 40 * i }));
  const fit = [0, 1].map((i) => ({ group: "fit", needs: [4 + 2 * i, 5 + 2 * i], ms: 600 + 100 * i }));
  const merge = { group: "merge", needs: [8, 9], ms: 250 };
  const last = ["plot", "save"].map((group) => ({ group, needs: [10], ms: 120 }));
  return [...read, ...clean, ...fit, merge, ...last];
}

/** A product of two matrices of 8 x 8 blocks and its norms, with a report on the side: 778 tasks in 8 groups. */
export function blockGraph(): SimulatedTask[] {
  const tasks: SimulatedTask[] = [];
  const random = sequence(7);
  const add = (group: string, needs: readonly number[], meanMs: number): number =>
    tasks.push({ group, needs, ms: Math.round(meanMs * (0.6 + 0.8 * random())) }) - 1;
  const cells = Array.from({ length: 64 }, (_, cell) => ({ row: Math.floor(cell / 8), column: cell % 8 }));
  const eight = [0, 1, 2, 3, 4, 5, 6, 7];
  const a = cells.map(() => add("load_a", [], 160));
  const b = cells.map(() => add("load_b", [], 130));
  const sums = cells.map(({ row, column }) => {
    const products = eight.map((k) => add("multiply", [a[row * 8 + k], b[k * 8 + column]], 200));
    return add("sum_block", products, 100);
  });
  const norms = eight.map((row) => add("row_norm", sums.slice(row * 8, row * 8 + 8), 220));
  add("total", norms, 200);
  const described = a.map((block) => add("describe", [block], 90));
  add("report", described, 300);
  return tasks;
}

/** What an engine would report of a run of `tasks`, in order. */
export function simulate(tasks: readonly SimulatedTask[], options: SimulationOptions): [RunStarted, ...RunEvent[]] {
  const { run, workers, failing, until = Number.POSITIVE_INFINITY } = options;
  const started = startOf(tasks, options);
  const changes = schedule(tasks, workers, failing).sort((x, y) => x.time - y.time);
  const events: RunEvent[] = [];
  let held = 0;
  let peak = 0;
  for (const change of changes.filter(({ time }) => time <= until)) {
    const { time, task, state, worker } = change;
    events.push({ type: "tasks", run, task: [task], state: [state], time: [time], worker: [worker] });
    if (state === State.erred && task === failing) events.push(failure(run, task, started.keys[task]));
    if (state !== State.memory && state !== State.released) continue;
    held += state === State.memory ? 8_388_608 : -8_388_608;
    peak = Math.max(peak, held);
    events.push({ type: "memory", run, time, bytes: held });
  }
  const last = changes.at(-1)?.time ?? 0;
  const state = failing === undefined ? "finished" : "erred";
  if (last <= until) events.push({ type: "end", run, state, time: last, peak });
  return [started, ...events];
}

function startOf(tasks: readonly SimulatedTask[], { run, title, workers }: SimulationOptions): RunStarted {
  const groups = [...new Set(tasks.map(({ group }) => group))];
  const seen = new Map<string, number>();
  const keys = tasks.map(({ group }) => {
    const nth = seen.get(group) ?? 0;
    seen.set(group, nth + 1);
    return `${group},${nth}`;
  });
  const dependencyStart = new Int32Array(tasks.length + 1);
  for (const [task, { needs }] of tasks.entries()) dependencyStart[task + 1] = dependencyStart[task] + needs.length;
  return {
    type: "start",
    run,
    time: 1_795_000_000_000,
    title,
    cell: "cell-1",
    workers,
    keys,
    groups,
    groupOf: Int32Array.from(tasks, ({ group }) => groups.indexOf(group)),
    dependencyStart,
    dependencies: Int32Array.from(tasks.flatMap(({ needs }) => needs)),
  };
}

/** The first ready task goes to the first free worker; a result is released after its last dependent. */
function schedule(tasks: readonly SimulatedTask[], workers: number, failing: number | undefined): Change[] {
  const changes: Change[] = [];
  const missing = tasks.map(({ needs }) => needs.length);
  const users: number[][] = tasks.map(() => []);
  for (const [user, { needs }] of tasks.entries()) for (const need of needs) users[need].push(user);
  const wanted = users.map((list) => list.length);
  const ready = tasks.flatMap(({ needs }, task) => (needs.length === 0 ? [task] : []));
  const free = Array.from({ length: workers }, (_, worker) => worker);
  const running: { task: number; worker: number; end: number }[] = [];
  const note = (time: number, task: number, state: StateCode, worker = -1) =>
    changes.push({ time, task, state, worker });
  for (const task of ready) note(0, task, State.queued);
  let time = 0;
  while (ready.length > 0 || running.length > 0) {
    while (free.length > 0 && ready.length > 0) {
      const [task, worker] = [ready.shift()!, free.shift()!];
      note(time, task, State.processing, worker);
      running.push({ task, worker, end: time + tasks[task].ms });
    }
    running.sort((x, y) => x.end - y.end);
    const { task, worker, end } = running.shift()!;
    time = end;
    free.push(worker);
    free.sort((x, y) => x - y);
    if (task === failing) {
      note(time, task, State.erred, worker);
      continue;
    }
    note(time, task, State.memory, worker);
    for (const user of users[task]) {
      missing[user] -= 1;
      if (missing[user] > 0) continue;
      note(time, user, State.queued);
      // Those who need many inputs first: their inputs can go.
      ready.unshift(user);
    }
    for (const need of tasks[task].needs) {
      wanted[need] -= 1;
      if (wanted[need] === 0) note(time, need, State.released);
    }
  }
  return changes;
}

function failure(run: string, task: number, key: string): RunEvent {
  const stack = "RangeError: row 17 is empty\n    at fit (cell-3.ts:4:11)";
  return { type: "error", run, task, key, name: "RangeError", message: "row 17 is empty", stack };
}

/** Numbers in [0, 1), a linear congruential generator (Numerical Recipes, chapter 7.1). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
