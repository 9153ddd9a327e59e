import type { StreamPlan } from "../plan/plan.js";
import type { MemoryStrip } from "../store/memory-strip.js";
import { trans } from "../text/translation.js";
import type { Datasets, Row, Scene } from "./row.js";
import type { TimeScale } from "./stream-rows.js";

/** Rows of the strips below the lanes and of their captions: memory, bytes on disk, tasks a second. */
export function stripRows(plan: StreamPlan, scene: Scene, x: TimeScale): Datasets {
  const { store } = scene;
  const { memory } = store;
  const most = scene.peak ?? Math.max(1, store.peak, store.spilled);
  const place = { top: plan.memoryTop, height: plan.memoryHeight, most };
  const rates = plan.rateHeight > 0 && store.sums ? ratesOf(store.sums.done) : { t: [], n: [] };
  const ratePlace = { top: plan.rateTop, height: plan.rateHeight, most: Math.max(1, ...rates.n) };
  return {
    memory: pointRows(memory.t, memory.bytes, place, x, store.elapsed),
    spilled: store.spilled > 0 ? pointRows(memory.t, memory.spilled, place, x, store.elapsed) : [],
    ...(plan.rateHeight > 0 && { rate: pointRows(rates.t, rates.n, ratePlace, x) }),
    stripTexts: [
      ...captionRow("memory", plan.axis[0], plan.memoryTop, memoryText(scene), scene),
      ...captionRow("rate", plan.axis[0], plan.rateTop, rateText(plan, rates.n, scene), scene),
    ],
  };
}

interface Place {
  readonly top: number;
  readonly height: number;
  /** value at the top */
  readonly most: number;
}

/**
 * Points of a strip within the time that is shown, beginning with the last one before it.
 * @param until the last value holds up to this time
 */
function pointRows(
  t: readonly number[],
  values: readonly number[],
  { top, height, most }: Place,
  x: TimeScale,
  until?: number,
): Row[] {
  const [first, last] = x.span;
  const after = t.findIndex((time) => time > first);
  const from = Math.max(0, (after < 0 ? t.length : after) - 1);
  const bottom = top + height;
  const y = (value: number) => bottom - (value / most) * (height - 1);
  const rows: Row[] = [];
  for (let id = from; id < t.length && t[id]! <= last; id++) {
    rows.push({ id, x: x(t[id]!), y: y(values[id]!), y2: bottom });
  }
  const end = rows.at(-1);
  if (until !== undefined && end) rows.push({ ...end, id: "now", x: x(until) });
  return rows;
}

function captionRow(id: string, x: number, top: number, text: string, { theme }: Scene): Row[] {
  return text === "" ? [] : [{ id, x, y: top - 8, text, color: theme.ink2 }];
}

function memoryText({ store, formats }: Scene): string {
  if (store.peak === 0 && store.spilled === 0) return "";
  const peak = formats.bytes(store.peak);
  if (store.state !== "running") {
    const memory = trans.__("memory, peak %1", peak);
    return store.spilled > 0 ? trans.__("%1 · on disk up to %2", memory, formats.bytes(store.spilled)) : memory;
  }
  const memory = trans.__("memory %1 · peak %2", formats.bytes(store.memory.last), peak);
  const disk = store.memory.spilled.at(-1) ?? 0;
  return disk > 0 ? trans.__("%1 · on disk %2", memory, formats.bytes(disk)) : memory;
}

/** Points of the rate are averages over stretches of at least this share of the run, so that the line is calm. */
const STRETCHES = 60;

/** Tasks done a second, by stretches of time. */
function ratesOf({ t, bytes: done }: MemoryStrip): { t: number[]; n: number[] } {
  const rates: { t: number[]; n: number[] } = { t: [], n: [] };
  const stretch = Math.max(1, (t.at(-1) ?? 0) / STRETCHES);
  let [from, before] = [0, 0];
  for (const [k, time] of t.entries()) {
    if (time - from < stretch) continue;
    const rate = ((done[k]! - before) / (time - from)) * 1000;
    if (rates.t.length === 0) {
      rates.t.push(0);
      rates.n.push(rate);
    }
    rates.t.push(time);
    rates.n.push(rate);
    [from, before] = [time, done[k]!];
  }
  return rates;
}

function rateText(plan: StreamPlan, rates: readonly number[], { store, formats }: Scene): string {
  if (plan.rateHeight === 0 || rates.length === 0) return "";
  const mean = ((store.sums?.done.last ?? 0) / Math.max(1, store.elapsed)) * 1000;
  const average = trans.__("%1 tasks/s on average", formats.count(mean));
  return store.state === "running" ? trans.__("%1 tasks/s · %2", formats.count(rates.at(-1)!), average) : average;
}
