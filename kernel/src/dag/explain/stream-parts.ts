/**
 * Who ran what when, as boxes of a picture: a lane for each worker.
 * @module
 */
import type { StreamEntry } from "./stream-entry.js";

/** Pixels of one slice where there are too many tasks to draw each. */
const SLICE_WIDTH = 2;
/** More tasks are drawn as slices of time: a picture has at most lanes times slices parts. */
const MOST_TASKS = 300;

/** What all pictures of an explanation have in common. */
export interface PartOptions {
  /** names of functions; the place of one is its colour */
  readonly groups: readonly string[];
  /** time at the right edge; at 0 there are no parts */
  readonly makespan: number;
  /** pixels from time 0 to `makespan` */
  readonly width: number;
  readonly textOf: (time: number) => string;
}

/** A box in the lane of a worker. */
export interface Part {
  readonly lane: number;
  readonly x: number;
  readonly width: number;
  /** place of its function */
  readonly hue: number;
  /** how much of its time the worker was busy, 0 … 1 */
  readonly share: number;
  /** what it is, as the user named it; empty for a slice of time */
  readonly text: string;
}

/** The boxes of a stream: tasks, or slices of time where there are too many tasks. */
export function streamParts(stream: readonly StreamEntry[], options: PartOptions): readonly Part[] {
  if (options.makespan === 0) return [];
  return stream.length > MOST_TASKS ? slices(stream, options) : tasks(stream, options);
}

/** Each task as it is, at least half a pixel wide, with a little gap to the next. */
function tasks(stream: readonly StreamEntry[], { groups, makespan, width: whole, textOf }: PartOptions): Part[] {
  const scale = whole / makespan;
  const placeOf = new Map(groups.map((name, i) => [name, i]));
  return stream.map(({ key, group, worker, start, end }) => {
    const width = Math.max(0.5, round((end - start) * scale - 0.5));
    const text = `${key}, worker ${worker}, ${textOf(start)} to ${textOf(end)}`;
    return { lane: worker, x: round(start * scale), width, hue: placeOf.get(group) ?? 0, share: 1, text };
  });
}

/** Slices of time in the colour of the function that took most of it; equal neighbours are one part. */
function slices(stream: readonly StreamEntry[], { groups, makespan, width }: PartOptions): Part[] {
  const count = Math.floor(width / SLICE_WIDTH);
  const placeOf = new Map(groups.map((name, i) => [name, i]));
  const length = makespan / count;
  const lanes: Map<number, number>[][] = [];
  for (const { group, worker, start, end } of stream) {
    lanes[worker] ??= Array.from({ length: count }, () => new Map());
    const last = Math.min(count - 1, Math.floor(end / length));
    for (let slice = Math.min(last, Math.floor(start / length)); slice <= last; slice++) {
      const within = Math.min(end, (slice + 1) * length) - Math.max(start, slice * length);
      const hue = placeOf.get(group) ?? 0;
      lanes[worker][slice].set(hue, (lanes[worker][slice].get(hue) ?? 0) + within);
    }
  }
  return lanes.flatMap((busy, lane) => merged(busy.map((times, slice) => partOf(times, lane, slice, length))));
}

function partOf(times: ReadonlyMap<number, number>, lane: number, slice: number, length: number): Part {
  const [hue] = [...times].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0]);
  const busy = [...times.values()].reduce((sum, time) => sum + time, 0);
  const share = Math.round((10 * busy) / length) / 10;
  return { lane, x: slice * SLICE_WIDTH, width: SLICE_WIDTH, hue, share, text: "" };
}

function merged(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    if (part.share === 0) continue;
    const before = result.at(-1);
    const isSame = before?.hue === part.hue && before.share === part.share && before.x + before.width === part.x;
    if (before !== undefined && isSame) result[result.length - 1] = { ...before, width: before.width + part.width };
    else result.push(part);
  }
  return result;
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
