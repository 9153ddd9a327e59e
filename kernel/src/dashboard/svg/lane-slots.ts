/**
 * What each lane of a task stream shows: stretches of one colour.
 * @module
 */
import { State } from "../../dag/engine/events.js";
import type { RunBundle, StreamColumns, TaskColumns } from "../messages.js";
import { hue, ink } from "./ink.js";

/** A stretch of a lane, in pixels from its start. */
export interface Slot {
  readonly x: number;
  readonly width: number;
  readonly color: string;
}

/** Above this many tasks each pixel column of a lane shows its longest task. */
const MOST_RECTS = 500;
/** Width of such a column, wider where many lanes would make the picture large. */
const binOf = (workers: number) => (workers > 8 ? 4 : workers > 4 ? 3 : 2);
/** Of a run that is told by sums: lanes times slices. */
const MOST_SLICES = 1_000;

/** A list of stretches for each worker, or for as many workers as share a lane; undefined where nothing is known of them. */
export function laneSlots({ tasks, sums, workers, groups }: RunBundle, duration: number, scale: number) {
  if (tasks === null) return sums && sliceSlots(sums.stream, groups.length, duration, scale);
  const bin = binOf(workers);
  return Array.from({ length: workers }, (_, worker) => {
    const own = lanesTasks(tasks, worker);
    return tasks.start.length > MOST_RECTS
      ? binned(tasks, own, duration, scale, bin)
      : exact(tasks, own, duration, scale);
  });
}

function lanesTasks(tasks: TaskColumns, worker: number): number[] {
  const own: number[] = [];
  for (const [task, start] of tasks.start.entries()) if (start >= 0 && tasks.worker[task] === worker) own.push(task);
  return own.sort((a, b) => tasks.start[a] - tasks.start[b]);
}

function exact(tasks: TaskColumns, own: readonly number[], duration: number, scale: number): Slot[] {
  return own.map((task) => {
    const width = (endOf(tasks, task, duration) - tasks.start[task]) * scale;
    // A hairline between two tasks of one function.
    return { x: tasks.start[task] * scale, width: Math.max(0.6, width - 0.8), color: colorOf(tasks, task) };
  });
}

function binned(tasks: TaskColumns, own: readonly number[], duration: number, scale: number, size: number): Slot[] {
  const bins: { color: string; length: number }[] = [];
  for (const task of own) {
    const [from, to] = [tasks.start[task] * scale, endOf(tasks, task, duration) * scale];
    for (let bin = Math.floor(from / size); bin <= Math.floor(to / size); bin++) {
      const length = Math.min(to, (bin + 1) * size) - Math.max(from, bin * size);
      if (length > (bins[bin]?.length ?? 0)) bins[bin] = { color: colorOf(tasks, task), length };
    }
  }
  const slots: Slot[] = [];
  // The last column may begin right before the end.
  bins.forEach(({ color }, bin) => {
    append(slots, bin * size, Math.min(size, duration * scale - bin * size), color);
  });
  return slots;
}

/** Each slice in the colour of what ran longest in it, as wide as the lane was busy; in red if anything failed. */
function sliceSlots(stream: StreamColumns, failed: number, duration: number, scale: number): Slot[][] {
  const { lanes, slices, workersPerLane, cell, column, ms } = stream;
  const together = Math.ceil((lanes * slices) / MOST_SLICES);
  const sliceMs = stream.sliceMs * together;
  const found: Map<number, { busy: number; longest: number; column: number }>[] = [];
  for (const [k, at] of cell.entries()) {
    const [lane, slice] = [Math.floor(at / slices), Math.floor((at % slices) / together)];
    found[lane] ??= new Map();
    const inSlice = found[lane].get(slice) ?? { busy: 0, longest: 0, column: column[k] };
    inSlice.busy += ms[k];
    const isLonger = ms[k] > inSlice.longest && inSlice.column !== failed;
    if (isLonger || column[k] === failed) {
      inSlice.column = column[k];
      inSlice.longest = ms[k];
    }
    found[lane].set(slice, inSlice);
  }
  return Array.from({ length: lanes }, (_, lane) => {
    const slots: Slot[] = [];
    for (const [slice, { busy, column: shown }] of [...(found[lane] ?? [])].sort(([a], [b]) => a - b)) {
      const length = Math.min(sliceMs, duration - slice * sliceMs);
      const width = Math.min(length, busy / workersPerLane) * scale;
      append(slots, slice * sliceMs * scale, width, shown === failed ? ink.failed : hue(shown));
    }
    return slots;
  });
}

/** Adds a stretch, or makes the last one longer. */
function append(slots: Slot[], x: number, width: number, color: string): void {
  const last = slots.at(-1);
  if (last?.color === color && Math.abs(last.x + last.width - x) < 0.05) {
    slots[slots.length - 1] = { ...last, width: last.width + width };
  } else if (width > 0) slots.push({ x, width, color });
}

function endOf(tasks: TaskColumns, task: number, duration: number): number {
  return tasks.end[task] >= 0 ? tasks.end[task] : duration;
}

function colorOf(tasks: TaskColumns, task: number): string {
  return tasks.state[task] === State.erred ? ink.failed : hue(tasks.group[task]);
}
