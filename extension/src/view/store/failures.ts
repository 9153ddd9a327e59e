import type { ErrorBundle, GroupBundle } from "dagbook/dashboard-messages";
import type { BucketTable } from "./bucket-table.js";
import { isDone, State } from "./state.js";
import type { TaskTable } from "./task-table.js";

/** Who failed, and who cannot run because of it. */
export interface Failures {
  /** tasks that threw */
  readonly tasks: ReadonlySet<number>;
  /** tasks that threw, by group */
  readonly byGroup: readonly number[];
  /** by group: failed tasks in the groups it needs, 0 where nothing of the group is held up */
  readonly blockedBy: readonly number[];
}

/**
 * Finds failed tasks and the groups they hold up.
 * Whether a group is held up is exact where the tasks' dependencies are known; the number of failures
 * is that of all groups it needs.
 */
export function findFailures(
  table: TaskTable,
  groups: readonly GroupBundle[],
  errors: readonly ErrorBundle[],
  buckets?: BucketTable,
): Failures {
  const tasks = new Set(errors.map((error) => error.task));
  if (table.counts[State.erred]! > tasks.size) addThrown(table, tasks);
  const byGroup = table.hasTasks
    ? countTasks(table, groups.length, tasks)
    : buckets
      ? groups.map((_, g) => buckets.ofGroup(g, "failed"))
      : firstErred(table, groups);
  const isHeldUp = table.dependencies.length > 0 ? groupsBehind(table, tasks) : undefined;
  const blockedBy = groups.map((_, g) => {
    const unfinished = table.count(g, State.waiting) + table.count(g, State.erred) + table.count(g, State.cancelled);
    if (unfinished - byGroup[g]! <= 0 || (isHeldUp && !isHeldUp.has(g))) return 0;
    return sumAbove(groups, g, byGroup);
  });
  return { tasks, byGroup, blockedBy };
}

/** A bundle holds the first errors only: a task that had started and is erred threw as well. */
function addThrown({ state, start }: TaskTable, tasks: Set<number>): void {
  for (let task = 0; task < state.length; task++) {
    if (state[task] === State.erred && start[task]! >= 0) tasks.add(task);
  }
}

function countTasks(table: TaskTable, groups: number, tasks: ReadonlySet<number>): number[] {
  const counts = new Array<number>(groups).fill(0);
  for (const task of tasks) counts[table.group[task]!]! += 1;
  return counts;
}

/** Where only counters are known, the first erred function on a path is the one that threw. */
function firstErred(table: TaskTable, groups: readonly GroupBundle[]): number[] {
  const erred = groups.map((_, g) => table.count(g, State.erred));
  return erred.map((count, g) => (sumAbove(groups, g, erred) === 0 ? count : 0));
}

/** Sum of `failed` over all groups that group `from` needs. */
function sumAbove(groups: readonly GroupBundle[], from: number, failed: readonly number[]): number {
  const seen = new Set([from]);
  const stack = groups[from]!.dependencies.map(([g]) => g);
  let sum = 0;
  for (let g = stack.pop(); g !== undefined; g = stack.pop()) {
    if (seen.has(g)) continue;
    seen.add(g);
    sum += failed[g]!;
    stack.push(...groups[g]!.dependencies.map(([above]) => above));
  }
  return sum;
}

/** Groups with an unfinished task that needs one of `failed`, directly or through others. */
function groupsBehind(table: TaskTable, failed: ReadonlySet<number>): Set<number> {
  const found = new Set<number>();
  if (failed.size === 0) return found;
  const dependents = dependentsOf(table);
  const seen = new Set(failed);
  const stack = [...failed];
  for (let task = stack.pop(); task !== undefined; task = stack.pop()) {
    for (let k = dependents.start[task]!; k < dependents.start[task + 1]!; k++) {
      const next = dependents.items[k]!;
      if (seen.has(next) || isDone(table.state[next]!)) continue;
      seen.add(next);
      found.add(table.group[next]!);
      stack.push(next);
    }
  }
  return found;
}

function dependentsOf(table: TaskTable): { start: Int32Array; items: Int32Array } {
  const start = new Int32Array(table.n + 1);
  for (const task of table.dependencies) start[task + 1]! += 1;
  for (let i = 0; i < table.n; i++) start[i + 1]! += start[i]!;
  const next = start.slice();
  const items = new Int32Array(table.dependencies.length);
  for (let i = 0; i < table.n; i++) {
    for (let k = table.dependencyStart[i]!; k < table.dependencyStart[i + 1]!; k++) {
      items[next[table.dependencies[k]!]!++] = i;
    }
  }
  return { start, items };
}
