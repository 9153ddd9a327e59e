/**
 * A small picture of who ran what when: a lane for each worker, a colour for each function.
 * @module
 */
import { escapeHtml } from "../../escape-html.js";
import { GROUND, HUES } from "../../picture-colours.js";
import type { StreamEntry } from "./stream-entry.js";

/** Pixels: five policies fit into the width of a cell. */
const WIDTH = 128;
const LANE_HEIGHT = 10;
const LANE_GAP = 2;
/** Pixels of one slice where there are too many tasks to draw each. */
const SLICE_WIDTH = 2;
/** Workers that are drawn. */
const MOST_LANES = 8;
/** More tasks are drawn as slices of time: a picture has at most lanes times slices parts. */
const MOST_TASKS = 300;
/** JupyterLab makes pictures of narrow columns smaller: then those of different policies have different scales. */
const LOOK = "max-width:none;vertical-align:middle";

/** What all pictures of a table have in common. */
export interface PictureOptions {
  /** names of functions; the place of one is its colour */
  readonly groups: readonly string[];
  /** time at the right edge */
  readonly makespan: number;
  readonly textOf: (time: number) => string;
}

interface Part {
  readonly lane: number;
  readonly x: number;
  readonly width: number;
  readonly hue: number;
  /** how much of its time the worker was busy, 0 … 1 */
  readonly share: number;
  readonly text: string;
}

/** The colour of the function at this place. */
export function hueOf(group: number): string {
  return HUES[group % HUES.length];
}

/** An SVG element; names of users are escaped. */
export function streamPicture(stream: readonly StreamEntry[], options: PictureOptions): string {
  const workers = stream.reduce((count, { worker }) => Math.max(count, worker + 1), 1);
  const lanes = Math.min(workers, MOST_LANES);
  const drawn = stream.filter(({ worker }) => worker < lanes);
  const height = lanes * (LANE_HEIGHT + LANE_GAP);
  const grounds = Array.from({ length: lanes }, (_, lane) => rect(lane, 0, WIDTH, `style="${GROUND}"`, ""));
  const parts =
    options.makespan === 0 ? [] : drawn.length > MOST_TASKS ? slices(drawn, options) : tasks(drawn, options);
  const rects = parts.map(({ lane, x, width, hue, share, text }) => {
    const look = `fill="${hueOf(hue)}"${share < 1 ? ` fill-opacity="${share}"` : ""}`;
    return rect(lane, x, width, look, text);
  });
  const more = workers > lanes ? `<br>${workers - lanes} more workers` : "";
  return (
    `<svg width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" style="${LOOK}" role="img" aria-label="who ran what when">` +
    `${grounds.join("")}${rects.join("")}</svg>${more}`
  );
}

function rect(lane: number, x: number, width: number, look: string, text: string): string {
  const title = text === "" ? "" : `<title>${escapeHtml(text)}</title>`;
  const y = lane * (LANE_HEIGHT + LANE_GAP);
  return `<rect x="${x}" y="${y}" width="${width}" height="${LANE_HEIGHT}" ${look}>${title}</rect>`;
}

/** Each task as it is, at least half a pixel wide, with a little gap to the next. */
function tasks(stream: readonly StreamEntry[], { groups, makespan, textOf }: PictureOptions): Part[] {
  const scale = WIDTH / makespan;
  const placeOf = new Map(groups.map((name, i) => [name, i]));
  return stream.map(({ key, group, worker, start, end }) => {
    const width = Math.max(0.5, round((end - start) * scale - 0.5));
    const text = `${key}, worker ${worker}, ${textOf(start)} to ${textOf(end)}`;
    return { lane: worker, x: round(start * scale), width, hue: placeOf.get(group) ?? 0, share: 1, text };
  });
}

/** Slices of time in the colour of the function that took most of it; equal neighbours are one part. */
function slices(stream: readonly StreamEntry[], { groups, makespan }: PictureOptions): Part[] {
  const count = WIDTH / SLICE_WIDTH;
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
