/**
 * Who did what when: a lane per worker, in the colours of the functions, and the memory below.
 * @module
 */
import { formatBytes } from "../../format-bytes.js";
import { formatMs } from "../format.js";
import type { RunBundle } from "../messages.js";
import { LEAST_PEAK } from "../totals.js";
import type { Drawing } from "./cards.js";
import { ink } from "./ink.js";
import { laneSlots, type Slot } from "./lane-slots.js";
import { element, label, rect, short } from "./markup.js";

const MOST_LANES = 16;
const LANES_HEIGHT = 128;
const MEMORY_HEIGHT = 26;
const GUTTER = 34;
/** Pixels; names of lanes that are lower overlap. */
const NAME_HEIGHT = 11;

/** An empty drawing where nothing ran or the tasks are not known. */
export function stream(bundle: RunBundle, left: number, right: number, top: number): Drawing {
  const duration = bundle.t1 ?? bundle.now;
  const [x, y] = [left + GUTTER, top + 20];
  const scale = (right - x) / duration;
  const lanes = duration > 0 ? laneSlots(bundle, duration, scale) : undefined;
  // Of so many workers only the sums know how to share lanes.
  if (lanes === undefined || (lanes.length > MOST_LANES && bundle.tasks)) return { markup: "", height: 0 };
  if (lanes.every((slots) => slots.length === 0)) return { markup: "", height: 0 };
  const lane = Math.min(22, LANES_HEIGHT / lanes.length);
  const perLane = bundle.sums?.stream.workersPerLane ?? 1;
  const title = `Task stream, one lane per ${perLane === 1 ? "worker" : `${perLane} workers`}`;
  const parts = [label(left, top + 4, title, { fill: ink.text2, "font-weight": 600 })];
  const every = Math.ceil(NAME_HEIGHT / lane);
  for (let k = 0; k < lanes.length; k += every) {
    const name = `w${k * perLane}`;
    parts.push(label(x - 8, y + k * lane + lane / 2 + 3, name, { fill: ink.text3, "text-anchor": "end" }));
  }
  parts.push(drawLanes(lanes, x, y, lane));
  const bottom = y + lanes.length * lane + 6;
  const strip = memory(bundle, x, right, bottom, duration);
  parts.push(strip);
  const axis = bottom + (strip === "" ? 0 : MEMORY_HEIGHT) + 14;
  parts.push(label(x, axis, "0", { fill: ink.text3 }));
  parts.push(label(right, axis, formatMs(duration), { fill: ink.text3, "text-anchor": "end" }));
  return { markup: parts.join(""), height: axis - top };
}

/** One thick line per colour: a slot costs 12 bytes where a rectangle would cost 80. */
function drawLanes(lanes: readonly (readonly Slot[])[], x: number, y: number, lane: number): string {
  const paths = new Map<string, string[]>();
  for (const [k, slots] of lanes.entries()) {
    for (const { x: from, width, color } of slots) {
      const path = paths.get(color) ?? [];
      paths.set(color, path);
      path.push(`M${short(x + from)} ${short(y + (k + 0.5) * lane - 1)}h${short(width)}`);
    }
  }
  const look = { fill: "none", "stroke-width": lane - (lane > NAME_HEIGHT ? 2 : 1) };
  return [...paths].map(([stroke, path]) => element("path", { ...look, stroke, d: path.join("") })).join("");
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
