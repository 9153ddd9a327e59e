/**
 * A bundle as it is sent and saved: a third of the size of its plain form.
 * @module
 */
import type { KernelMessage, PackedTasks, RunBundle, RunListMessage, SentBundle, TaskColumns } from "./messages.js";
import { encodeColumn } from "./vlq.js";

/** Times are hundredths of a millisecond, fractions thousandths: as exact as the plain columns. */
const TIME_UNITS = 100;
const FRACTION_UNITS = 1_000;

/** `bundle` with its task columns as text; what it says is the same. */
export function packBundle(bundle: RunBundle): SentBundle {
  return { ...bundle, tasks: bundle.tasks && packTasks(bundle.tasks, bundle.groups) };
}

function packTasks(tasks: TaskColumns, groups: RunBundle["groups"]): PackedTasks {
  const { key, group, state, start, end, worker, fraction, dependencyStart, dependencies } = tasks;
  const time = (ms: number) => Math.round(ms * TIME_UNITS);
  return {
    isPacked: true,
    group: encodeColumn(group),
    state: encodeColumn(state),
    start: encodeColumn(start.map((ms) => (ms < 0 ? -1 : time(ms)))),
    took: encodeColumn(end.map((ms, task) => (ms < 0 ? -1 : time(ms) - time(start[task])))),
    worker: encodeColumn(worker),
    fraction: encodeColumn(fraction.map((share) => Math.round(share * FRACTION_UNITS))),
    needs: encodeColumn(key.map((_, task) => dependencyStart[task + 1] - dependencyStart[task])),
    dependencies: encodeColumn(distances(dependencyStart, dependencies)),
    keys: groups.map((_, g) => packKeys(key.filter((_key, task) => group[task] === g))),
  };
}

/** How far before its task each dependency is. */
function distances(start: readonly number[], dependencies: readonly number[]): number[] {
  const far: number[] = [];
  for (let task = 0; task + 1 < start.length; task++) {
    for (let k = start[task]; k < start[task + 1]; k++) far.push(task - dependencies[k]);
  }
  return far;
}

/** Digits of a number that is written as JavaScript writes it. */
const NUMBER = /(?<!\d)(0|[1-9]\d{0,14})(?!\d)/;

function packKeys(own: readonly string[]): PackedTasks["keys"][number] {
  const parts = own.map((key) => key.split(NUMBER));
  const text = parts[0]?.filter((_, k) => k % 2 === 0) ?? [];
  const isAlike = parts.every((some) => some.length === 2 * text.length - 1 && text.every((t, k) => some[2 * k] === t));
  if (!isAlike) return own;
  return { text, numbers: text.slice(1).map((_, k) => encodeColumn(parts.map((some) => Number(some[2 * k + 1])))) };
}

/** `message` as it is sent: its bundle packed. */
export function packMessage(message: KernelMessage | RunListMessage): object {
  return "bundle" in message ? { ...message, bundle: packBundle(message.bundle) } : message;
}
