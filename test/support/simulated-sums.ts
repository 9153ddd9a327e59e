import type { StateCode, SumColumns } from "dagbook/dashboard-messages";

/** A pretended run as it stands: columns of its tasks. */
export interface TasksAt {
  readonly now: number;
  readonly workers: number;
  readonly groups: number;
  readonly group: readonly number[];
  readonly state: readonly StateCode[];
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly worker: readonly number[];
  readonly hasThrown: (task: number) => boolean;
}

const MOST_LANES = 32;
const SLICES = 50;

/** What a kernel tells of a run with many tasks, counted anew from all tasks: another way than the kernel's. */
export function sumsAt(tasks: TasksAt, size: number): SumColumns {
  return { buckets: { size, ...bucketsAt(tasks, size) }, stream: streamAt(tasks), done: doneAt(tasks) };
}

function bucketsAt({ group, groups, state, hasThrown }: TasksAt, size: number) {
  const codes: StateCode[][] = [];
  const threw: number[] = [];
  for (let g = 0; g < groups; g++) {
    const mine = [...group.keys()].filter((task) => group[task] === g);
    for (let at = 0; at < mine.length; at += size) {
      const some = mine.slice(at, at + size);
      codes.push(some.map((task) => state[task]!));
      threw.push(some.filter((task) => state[task] === 5 && hasThrown(task)).length);
    }
  }
  const column = (...wanted: number[]) => codes.map((some) => some.filter((code) => wanted.includes(code)).length);
  return {
    queued: column(1),
    running: column(2),
    done: column(3, 4),
    failed: threw,
    stopped: column(5, 6).map((count, bucket) => count - threw[bucket]!),
  };
}

function streamAt({ now, workers, groups, group, start, end, worker, hasThrown }: TasksAt): SumColumns["stream"] {
  const sliceMs = Math.max(1, now) / SLICES;
  const workersPerLane = Math.ceil(workers / MOST_LANES);
  const ms = new Map<string, number>();
  for (const [task, from] of start.entries()) {
    if (from < 0) continue;
    const to = end[task]! < 0 ? now : end[task]!;
    const column = hasThrown(task) && end[task]! >= 0 ? groups : group[task]!;
    for (let slice = Math.floor(from / sliceMs); slice < SLICES && slice * sliceMs < to; slice++) {
      const name = `${Math.floor(worker[task]! / workersPerLane) * SLICES + slice} ${column}`;
      const overlap = Math.min(to, (slice + 1) * sliceMs) - Math.max(from, slice * sliceMs);
      ms.set(name, (ms.get(name) ?? 0) + overlap);
    }
  }
  const keys = [...ms.keys()].map((name) => name.split(" ").map(Number));
  return {
    isWhole: true,
    sliceMs,
    slices: SLICES,
    lanes: Math.ceil(workers / workersPerLane),
    workersPerLane,
    cell: keys.map(([cell]) => cell!),
    column: keys.map(([, column]) => column!),
    ms: [...ms.values()],
  };
}

function doneAt({ now, end, hasThrown }: TasksAt): SumColumns["done"] {
  const ends = end.filter((time, task) => time >= 0 && time <= now && !hasThrown(task)).sort((a, b) => a - b);
  const t = Array.from({ length: SLICES }, (_, k) => (now * (k + 1)) / SLICES);
  return { t, n: t.map((time) => ends.filter((some) => some <= time).length) };
}
