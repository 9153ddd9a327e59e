import type { RunBundle } from "dagbook/dashboard-messages";
import { State } from "../store/state.js";

const STATE_NAMES = Object.keys(State);
const TASK_COLUMNS = ["key", "function", "state", "worker", "start_ms", "end_ms", "duration_ms", "progress"];
const FUNCTION_COLUMNS = ["function", "tasks", ...STATE_NAMES, "total_ms"];

/**
 * A run as comma-separated values (RFC 4180), whatever the language of the page: a row per task, with times in
 * milliseconds since the run began and empty fields for what has not happened; of a run whose tasks are not known one
 * by one, a row per function with its tasks by state.
 */
export function tasksCsv(bundle: RunBundle): string {
  const rows = bundle.tasks ? taskRows(bundle, bundle.tasks) : functionRows(bundle);
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

type Cell = string | number;

function taskRows({ groups, n }: RunBundle, tasks: NonNullable<RunBundle["tasks"]>): Cell[][] {
  const rows: Cell[][] = [TASK_COLUMNS];
  for (let task = 0; task < n; task++) {
    const [start, end, worker] = [tasks.start[task]!, tasks.end[task]!, tasks.worker[task]!];
    const name = groups[tasks.group[task]!]!.name;
    rows.push([
      tasks.key[task] ?? `${name} ${task}`,
      name,
      STATE_NAMES[tasks.state[task]!]!,
      known(worker),
      known(start),
      known(end),
      start >= 0 && end >= 0 ? rounded(end - start) : "",
      tasks.fraction[task]!,
    ]);
  }
  return rows;
}

function functionRows({ groups }: RunBundle): Cell[][] {
  return [FUNCTION_COLUMNS, ...groups.map(({ name, n, counts, ms }) => [name, n, ...counts, ms])];
}

function known(value: number): Cell {
  return value < 0 ? "" : value;
}

/** Differences of hundredths of a millisecond, without the dust of binary fractions. */
function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}

function field(cell: Cell): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
