import type { TaskColumns } from "dagbook/dashboard-messages";
import { decodeColumn } from "./vlq.js";

/** More tasks are never told one by one; a file may say so with a few letters. */
const MOST_TASKS = 100_000;
/** Letters; the kernel cuts keys much earlier. What a key says once is written for each of its tasks. */
const MOST_KEY_TEXT = 1_000;
const TIME_UNITS = 100;
const FRACTION_UNITS = 1_000;

/**
 * Task columns as the kernel has packed them, in their plain form.
 * @param value what a bundle has as its tasks; other forms than the packed one come back as they are
 * @returns undefined if `value` is packed, but not for `n` tasks in `groups` groups
 */
export function unpackTasks(value: unknown, n: number, groups: number): unknown {
  if (typeof value !== "object" || value === null || !("isPacked" in value)) return value;
  const packed: Readonly<Record<string, unknown>> = { ...value };
  if (n > MOST_TASKS) return;
  const [group, state, start, took, worker, fraction, needs] = NAMES.map((name) => decodeColumn(packed[name], n));
  if (!group || !state || !start || !took || !worker || !fraction || !needs?.every((count) => count >= 0)) return;
  const dependencyStart = [0];
  for (const count of needs) dependencyStart.push(dependencyStart.at(-1)! + count);
  const far = decodeColumn(packed.dependencies, dependencyStart[n]!);
  const key = unpackKeys(packed.keys, group, groups);
  if (!far || !key) return;
  const tasks: TaskColumns = {
    key,
    group,
    state: state as TaskColumns["state"][number][], // checked with all other columns
    start: start.map((time) => (time < 0 ? -1 : time / TIME_UNITS)),
    end: took.map((time, task) => (time < 0 ? -1 : (start[task]! + time) / TIME_UNITS)),
    worker,
    fraction: fraction.map((share) => share / FRACTION_UNITS),
    dependencyStart,
    dependencies: needs.flatMap((count, task) => {
      const from = dependencyStart[task]!;
      return far.slice(from, from + count).map((distance) => task - distance);
    }),
  };
  return tasks;
}

const NAMES = ["group", "state", "start", "took", "worker", "fraction", "needs"] as const;

function unpackKeys(packed: unknown, group: readonly number[], groups: number): string[] | undefined {
  if (!Array.isArray(packed) || packed.length !== groups) return;
  const counts = new Array<number>(groups).fill(0);
  for (const g of group) if (g in counts) counts[g]!++;
  const keys = counts.map((n, g) => keysOf(packed[g], n));
  const next = counts.map(() => 0);
  const all = group.map((g) => keys[g]?.[next[g]!++]);
  return all.every((key) => typeof key === "string") ? all : undefined;
}

/** The keys of a group, as they are or made from their text and numbers. */
function keysOf(packed: unknown, n: number): readonly unknown[] | undefined {
  if (Array.isArray(packed)) return packed;
  if (typeof packed !== "object" || packed === null) return;
  const { text, numbers }: { text?: unknown; numbers?: unknown } = packed;
  if (!Array.isArray(text) || !Array.isArray(numbers) || text.length !== numbers.length + 1) return;
  if (text.join("").length > MOST_KEY_TEXT) return;
  const columns = numbers.map((column) => decodeColumn(column, n));
  if (!columns.every((column) => column !== undefined)) return;
  return Array.from({ length: n }, (_, k) => text.map((part, p) => part + (columns[p]?.[k] ?? "")).join(""));
}
