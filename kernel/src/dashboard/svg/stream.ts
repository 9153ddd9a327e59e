/**
 * Who did what when: a lane per worker, in the colours of the functions, and the memory below.
 * @module
 */
import { State } from "../../dag/engine/events.js";
import { formatBytes } from "../../format-bytes.js";
import { formatMs } from "../format.js";
import type { RunBundle, TaskColumns } from "../messages.js";
import { LEAST_PEAK } from "../totals.js";
import type { Drawing } from "./cards.js";
import { hue, ink } from "./ink.js";
import { element, label, rect, short } from "./markup.js";

const MOST_LANES = 16;
const LANES_HEIGHT = 128;
const MEMORY_HEIGHT = 26;
const GUTTER = 34;
/** Above this many tasks each pixel column of a lane shows its longest task. */
const MOST_RECTS = 500;
/** Width of such a column, wider where many lanes would make the picture large. */
const binOf = (workers: number) => (workers > 8 ? 4 : workers > 4 ? 3 : 2);

interface Slot {
  readonly x: number;
  readonly width: number;
  readonly color: string;
}

/** An empty drawing where nothing ran or the tasks are not known. */
export function stream(bundle: RunBundle, left: number, right: number, top: number): Drawing {
  const { tasks, workers } = bundle;
  const duration = bundle.t1 ?? bundle.now;
  if (tasks === null || workers > MOST_LANES || duration <= 0) return { markup: "", height: 0 };
  if (!tasks.start.some((start) => start >= 0)) return { markup: "", height: 0 };
  const lane = Math.min(22, LANES_HEIGHT / workers);
  const [x, y] = [left + GUTTER, top + 20];
  const scale = (right - x) / duration;
  const parts = [label(left, top + 4, "Task stream, one lane per worker", { fill: ink.text2, "font-weight": 600 })];
  for (let worker = 0; worker < workers; worker++) {
    parts.push(label(x - 8, y + worker * lane + lane / 2 + 3, `w${worker}`, { fill: ink.text3, "text-anchor": "end" }));
  }
  parts.push(drawLanes(tasks, duration, scale, { x, y, lane, workers }));
  const bottom = y + workers * lane + 6;
  const strip = memory(bundle, x, right, bottom, duration);
  parts.push(strip);
  const axis = bottom + (strip === "" ? 0 : MEMORY_HEIGHT) + 14;
  parts.push(label(x, axis, "0", { fill: ink.text3 }));
  parts.push(label(right, axis, formatMs(duration), { fill: ink.text3, "text-anchor": "end" }));
  return { markup: parts.join(""), height: axis - top };
}

/** One thick line per colour: a slot costs 12 bytes where a rectangle would cost 80. */
function drawLanes(
  tasks: TaskColumns,
  duration: number,
  scale: number,
  { x, y, lane, workers }: { x: number; y: number; lane: number; workers: number },
): string {
  const paths = new Map<string, string[]>();
  const bin = binOf(workers);
  for (let worker = 0; worker < workers; worker++) {
    const own = lanesTasks(tasks, worker);
    const slots =
      tasks.start.length > MOST_RECTS ? binned(tasks, own, duration, scale, bin) : exact(tasks, own, duration, scale);
    for (const { x: from, width, color } of slots) {
      const path = paths.get(color) ?? [];
      paths.set(color, path);
      path.push(`M${short(x + from)} ${short(y + (worker + 0.5) * lane - 1)}h${short(width)}`);
    }
  }
  const look = { fill: "none", "stroke-width": lane - 2 };
  return [...paths].map(([stroke, path]) => element("path", { ...look, stroke, d: path.join("") })).join("");
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
  const slots: { x: number; width: number; color: string }[] = [];
  bins.forEach(({ color }, bin) => {
    const last = slots.at(-1);
    // The last column may begin right before the end.
    const width = Math.min(size, duration * scale - bin * size);
    if (last?.color === color && last.x + last.width === bin * size) last.width += width;
    else if (width > 0) slots.push({ x: bin * size, width, color });
  });
  return slots;
}

function endOf(tasks: TaskColumns, task: number, duration: number): number {
  return tasks.end[task] >= 0 ? tasks.end[task] : duration;
}

function colorOf(tasks: TaskColumns, task: number): string {
  return tasks.state[task] === State.erred ? ink.failed : hue(tasks.group[task]);
}

function memory(
  { memory: { t, bytes }, peak }: RunBundle,
  x: number,
  right: number,
  y: number,
  duration: number,
): string {
  if (peak < LEAST_PEAK || t.length < 2) return "";
  const at = (time: number) => short(x + Math.min(1, time / duration) * (right - x));
  const level = (value: number) => short(y + MEMORY_HEIGHT - (value / peak) * (MEMORY_HEIGHT - 4));
  const line = t.map((time, i) => `${i === 0 ? "M" : "L"}${at(time)} ${level(bytes[i])}`).join("");
  const area = `${line}V${short(y + MEMORY_HEIGHT)}H${at(t[0])}z`;
  return [
    rect(x, y, right - x, MEMORY_HEIGHT, { fill: ink.panel }),
    element("path", { d: area, fill: ink.waiting }),
    element("path", { d: line, fill: "none", stroke: ink.running }),
    label(x - 8, y + MEMORY_HEIGHT - 8, "mem", { fill: ink.text3, "text-anchor": "end" }),
    label((x + right) / 2, y + MEMORY_HEIGHT + 14, `peak ${formatBytes(peak)}`, {
      fill: ink.text3,
      "text-anchor": "middle",
    }),
  ].join("");
}
