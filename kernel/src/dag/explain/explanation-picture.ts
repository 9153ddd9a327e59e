/**
 * Policies below each other on one time axis: who ran what when, the memory, and bars of their figures.
 * @module
 */
import { clipped } from "../../clipped.js";
import { escapeHtml } from "../../escape-html.js";
import type { HeldOverTime } from "../engine/simulate.js";
import { memoryOutline } from "./memory-outline.js";
import { huePaint, paint } from "./picture-paint.js";
import type { StreamEntry } from "./stream-entry.js";
import { type Part, streamParts } from "./stream-parts.js";
import { ticksOf } from "./ticks.js";

/** One figure of all policies: makespan, peak, ... */
export interface FigureRow {
  readonly head: string;
  readonly values: readonly number[];
  readonly textOf: (value: number) => string;
}

/** What one policy did, or would do. */
export interface PolicyCourse {
  readonly policy: string;
  readonly stream: readonly StreamEntry[];
  readonly memory: HeldOverTime;
}

/** What a picture shows. */
export interface Section {
  readonly name: "simulated" | "measured";
  /** makespan first, then peak */
  readonly rows: readonly FigureRow[];
  readonly courses: readonly PolicyCourse[];
}

/** Pixels. */
const WIDTH = 920;
const [LANES_LEFT, LANES_WIDTH] = [30, 560];
const [BARS_LEFT, BAR_LEFT, BAR_RIGHT] = [640, 712, 830];
const TITLE_HEIGHT = 26;
const NAME_HEIGHT = 20;
const LANE_GAP = 1;
const STRIP = { gap: 4, height: 20 } as const;
const BAR = { pitch: 22, height: 8 } as const;
const BLOCK_GAP = 16;
const AXIS_HEIGHT = 18;
const LEGEND = { pitch: 18, letter: 7, swatch: 16, gap: 18 } as const;
/** Workers that are drawn. */
const MOST_LANES = 8;
/** Functions in the legend, and characters of a name in it. */
const [MOST_NAMES, NAME_LIMIT] = [12, 40];
const TICKS = 5;

/** An SVG element; names of users are escaped. @param groups names of functions; the place of one is its colour */
export function explanationPicture(section: Section, groups: readonly string[]): string {
  const makespan = Math.max(0, ...section.rows[0].values);
  const most = Math.max(0, ...section.rows[1].values);
  const lanes = Math.min(MOST_LANES, Math.max(1, ...section.courses.map(({ stream }) => workersOf(stream))));
  const scene: Scene = { section, groups, makespan, most, lanes, laneHeight: lanes > 4 ? 9 : 13 };
  const lanesHeight = lanes * (scene.laneHeight + LANE_GAP) + STRIP.gap + STRIP.height;
  const blockHeight = NAME_HEIGHT + Math.max(lanesHeight, section.rows.length * BAR.pitch) + BLOCK_GAP;
  const blocks = section.courses.map((_, place) => block(place, TITLE_HEIGHT + place * blockHeight, scene));
  const bottom = TITLE_HEIGHT + blocks.length * blockHeight - BLOCK_GAP;
  const names = legend(groups, bottom + AXIS_HEIGHT + LEGEND.pitch);
  const height = bottom + AXIS_HEIGHT + names.height + 8;
  const label = `${section.name}: who ran what when under each policy, memory, and figures`;
  return (
    `<svg width="${WIDTH}" viewBox="0 0 ${WIDTH} ${height}" style="display:block;max-width:100%;height:auto;margin:0 0 16px" role="img" ` +
    `aria-label="${label}" font-family="system-ui,'Segoe UI','DejaVu Sans',sans-serif" font-size="11">` +
    text(0, 12, section.name, "ink2", 'font-size="12" font-weight="600"') +
    `${blocks.join("")}${axis(scene, bottom)}${names.markup}</svg>`
  );
}

interface Scene {
  readonly section: Section;
  readonly groups: readonly string[];
  /** time at the right edge, of all policies */
  readonly makespan: number;
  /** top of the memory strips, of all policies */
  readonly most: number;
  readonly lanes: number;
  readonly laneHeight: number;
}

function block(place: number, top: number, scene: Scene): string {
  const { policy, stream } = scene.section.courses[place];
  const more = workersOf(stream) - scene.lanes;
  const count = more > 0 ? text(LANES_LEFT + LANES_WIDTH, top + 12, `${more} more workers`, "ink3", END) : "";
  const name = text(
    LANES_LEFT,
    top + 12,
    policy,
    "ink",
    `font-weight="600" font-family="Menlo,Consolas,'DejaVu Sans Mono',monospace"`,
  );
  const figures = scene.section.rows.map((row, nth) => figure(row, place, top + NAME_HEIGHT + nth * BAR.pitch));
  return `${name}${count}${course(place, top + NAME_HEIGHT, scene)}${figures.join("")}`;
}

const END = 'text-anchor="end"';

/** Lanes and memory of one policy. */
function course(place: number, top: number, { section, groups, makespan, most, lanes, laneHeight }: Scene): string {
  const { stream, memory } = section.courses[place];
  const { textOf } = section.rows[0];
  const pitch = laneHeight + LANE_GAP;
  const stripTop = top + lanes * pitch + STRIP.gap;
  const bottom = stripTop + STRIP.height;
  const gridLines = ticksOf(makespan, TICKS).map((time) => {
    const x = LANES_LEFT + (time / makespan) * LANES_WIDTH;
    return `<path d="M${tenth(x)} ${top}V${bottom}" style="stroke:${paint("track")}"/>`;
  });
  const drawn = stream.filter(({ worker }) => worker < lanes);
  const parts = streamParts(drawn, { groups, makespan, width: LANES_WIDTH, textOf });
  const names = Array.from({ length: lanes }, (_, lane) =>
    text(LANES_LEFT - 6, top + lane * pitch + laneHeight - 2, `w${lane}`, "ink3", `${END} font-size="9.5"`),
  );
  const box = { x: LANES_LEFT, y: stripTop, width: LANES_WIDTH, height: STRIP.height, makespan, most };
  const line = memoryOutline(memory, box);
  const ink = paint("ink3");
  const strip =
    line === ""
      ? ""
      : `<path d="${line}V${bottom}H${LANES_LEFT}z" style="fill:${ink};fill-opacity:0.22"/>` +
        `<path d="${line}" style="fill:none;stroke:${ink}"/>`;
  return `${gridLines.join("")}${names.join("")}${byHue(parts, top, pitch, laneHeight)}${strip}`;
}

/** Boxes of one colour in one group: the colour is written once. */
function byHue(parts: readonly Part[], top: number, pitch: number, height: number): string {
  const hues = new Map<number, string[]>();
  for (const { lane, x, width, hue, share, text: title } of parts) {
    const place = `x="${tenth(LANES_LEFT + x)}" y="${top + lane * pitch}" width="${tenth(width)}" height="${height}"`;
    const pale = share < 1 ? ` fill-opacity="${share}"` : "";
    const rect = title === "" ? `<rect ${place}${pale}/>` : `<rect ${place}><title>${escapeHtml(title)}</title></rect>`;
    const rects = hues.get(hue) ?? [];
    rects.push(rect);
    hues.set(hue, rects);
  }
  return [...hues].map(([hue, rects]) => `<g style="fill:${huePaint(hue)}">${rects.join("")}</g>`).join("");
}

/** A bar: as long as the value is, of the highest of all policies. The lowest is strong. */
function figure({ head, values, textOf }: FigureRow, place: number, top: number): string {
  const value = values[place];
  const most = Math.max(...values);
  const width = most === 0 ? 0 : (value / most) * (BAR_RIGHT - BAR_LEFT);
  const y = top + 3;
  const bar = (length: number, color: "track" | "ink2") =>
    `<rect x="${BAR_LEFT}" y="${y}" width="${tenth(length)}" height="${BAR.height}" style="fill:${paint(color)}"/>`;
  const isLowest = isDecidedLowest({ values, textOf }, value);
  const strength = isLowest ? `${END} font-weight="600"` : END;
  return (
    text(BARS_LEFT, top + 11, head, "ink2") +
    bar(BAR_RIGHT - BAR_LEFT, "track") +
    bar(width, "ink2") +
    text(WIDTH, top + 11, textOf(value), isLowest ? "ink" : "ink2", strength)
  );
}

/** Whether a value is the lowest, by its text (what looks equal is equal), and not all are. */
export function isDecidedLowest({ values, textOf }: Pick<FigureRow, "values" | "textOf">, value: number): boolean {
  const lowest = textOf(Math.min(...values));
  return textOf(value) === lowest && values.some((other) => textOf(other) !== lowest);
}

function axis({ section, makespan }: Scene, bottom: number): string {
  const { textOf } = section.rows[0];
  return ticksOf(makespan, TICKS)
    .map((time) => {
      const x = LANES_LEFT + (time / makespan) * LANES_WIDTH;
      return text(tenth(x), bottom + 14, textOf(time), "ink3", `text-anchor="middle" font-size="10"`);
    })
    .join("");
}

function legend(groups: readonly string[], top: number): { readonly markup: string; readonly height: number } {
  const shown = groups.slice(0, MOST_NAMES).map((name) => clipped(name, NAME_LIMIT));
  if (groups.length > MOST_NAMES) shown.push(`${groups.length - MOST_NAMES} more`);
  let [x, y] = [LANES_LEFT, top];
  const entries = shown.map((name, place) => {
    const width = LEGEND.swatch + name.length * LEGEND.letter;
    if (x > LANES_LEFT && x + width > WIDTH) [x, y] = [LANES_LEFT, y + LEGEND.pitch];
    const isName = place < MOST_NAMES;
    const swatch = `<rect x="${x}" y="${y - 9}" width="10" height="10" style="fill:${huePaint(place)}"/>`;
    const entry = (isName ? swatch : "") + text(x + (isName ? LEGEND.swatch : 0), y, name, "ink2");
    x += width + LEGEND.gap;
    return entry;
  });
  return { markup: entries.join(""), height: shown.length === 0 ? 0 : y - top + LEGEND.pitch };
}

function workersOf(stream: readonly StreamEntry[]): number {
  return stream.reduce((count, { worker }) => Math.max(count, worker + 1), 1);
}

/** @param look further attributes, none of the user's */
function text(x: number, y: number, content: string, color: "ink" | "ink2" | "ink3", look = ""): string {
  return `<text x="${x}" y="${y}" style="fill:${paint(color)}" ${look}>${escapeHtml(content)}</text>`;
}

function tenth(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
