/**
 * The graph of functions: a card each, left to right.
 * @module
 */
import { counted, formatMs, shareOf } from "../format.js";
import type { RunBundle } from "../messages.js";
import { totalsOf } from "../totals.js";
import { fitted, hue, ink, MONO } from "./ink.js";
import { layers } from "./layers.js";
import { element, label, rect, short } from "./markup.js";
import { stateBar } from "./state-bar.js";

const MOST_CARDS = 24;
const MOST_COLUMNS = 8;
const CARD_HEIGHT = 54;
const ROW_GAP = 16;
const LEAST_GAP = 40;
const MOST_GAP = 120;
const NARROWEST = 140;
const WIDEST = 260;
/** of the font of the names */
const LETTER = 7.4;
/** of the font of the figures */
const DIGIT = 6.6;
/** left and right of what stands on a card */
const INSET = 12;

interface Card {
  readonly group: number;
  readonly column: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface Drawing {
  readonly markup: string;
  readonly height: number;
}

/** The cards between `left` and `right`; an empty drawing for graphs that would not be readable. */
export function cards(bundle: RunBundle, left: number, right: number, top: number): Drawing {
  const columns = layers(bundle.groups);
  const count = bundle.groups.length;
  if (count < 2 || count > MOST_CARDS || columns.length > MOST_COLUMNS) return { markup: "", height: 0 };
  const longest = Math.max(...bundle.groups.map((_, group) => widthOf(bundle, group))) + 2 * INSET;
  const fitting = (right - left - (columns.length - 1) * LEAST_GAP) / columns.length;
  const width = Math.min(fitting, WIDEST, Math.max(NARROWEST, longest));
  const step = width + Math.min(MOST_GAP, (right - left - columns.length * width) / Math.max(1, columns.length - 1));
  const rows = Math.max(...columns.map((column) => column.length));
  const height = rows * (CARD_HEIGHT + ROW_GAP) - ROW_GAP;
  const placed: Card[] = [];
  columns.forEach((column, nth) => {
    const free = height - (column.length * (CARD_HEIGHT + ROW_GAP) - ROW_GAP);
    column.forEach((group, row) => {
      const y = top + free / 2 + row * (CARD_HEIGHT + ROW_GAP);
      placed[group] = { group, column: nth, x: left + nth * step, y, width };
    });
  });
  const drawn = placed.map((card) => drawCard(bundle, card));
  return { markup: edges(bundle, placed) + drawn.join(""), height };
}

function edges(bundle: RunBundle, placed: readonly Card[]): string {
  const lines: string[] = [];
  for (const to of placed) {
    for (const [source, tasks] of bundle.groups[to.group].dependencies) {
      const from = placed[source];
      // A function that needs itself through another: an arrow to the left would cross the cards.
      if (from.column < to.column) lines.push(edge(from, to, 1.2 + 0.6 * Math.log10(tasks)));
    }
  }
  return element("g", { fill: "none", stroke: ink.edge }, ...lines);
}

function edge(from: Card, to: Card, width: number): string {
  const [x1, y1] = [from.x + from.width, from.y + CARD_HEIGHT / 2];
  const [x2, y2] = [to.x - 6, to.y + CARD_HEIGHT / 2];
  const bend = Math.max(16, (x2 - x1) / 2);
  const curve = `M${short(x1)} ${short(y1)}C${short(x1 + bend)} ${short(y1)} ${short(x2 - bend)} ${short(y2)} ${short(x2)} ${short(y2)}`;
  const head = `M${short(x2)} ${short(y2 - 4)}l6 4l-6 4z`;
  return (
    element("path", { d: curve, "stroke-width": width }) + element("path", { d: head, fill: ink.edge, stroke: "none" })
  );
}

/** The second line of a card: how many, and how long they took. */
function figuresOf(bundle: RunBundle, group: number): { readonly count: string; readonly time: string } {
  const { n, done } = totalsOf(bundle, group);
  const { ms } = bundle.groups[group];
  const count = bundle.state === "planned" ? counted(n, "task") : shareOf(done, n);
  return { count, time: ms > 0 ? formatMs(ms) : "" };
}

/** Pixels that a card needs for all it says. */
function widthOf(bundle: RunBundle, group: number): number {
  const { count, time } = figuresOf(bundle, group);
  return Math.max(bundle.groups[group].name.length * LETTER, (count.length + time.length + 1) * DIGIT);
}

function drawCard(bundle: RunBundle, { group, x, y, width }: Card): string {
  const totals = totalsOf(bundle, group);
  const { name } = bundle.groups[group];
  const { count, time } = figuresOf(bundle, group);
  const hasTime = (count.length + time.length + 1) * DIGIT <= width - 2 * INSET;
  const stroke = totals.failed > 0 ? ink.failed : totals.running > 0 ? ink.running : ink.line;
  const inner = { x: x + 12, y: y + CARD_HEIGHT - 13, width: width - 24, height: 5 };
  const isPlanned = bundle.state === "planned";
  return [
    rect(x, y, width, CARD_HEIGHT, { rx: 6, fill: ink.panel, stroke }),
    label(x + 12, y + 19, fitted(name, width - 24, LETTER), { "font-family": MONO, "font-size": 12, fill: ink.text }),
    label(x + 12, y + 34, count, { fill: ink.text2 }),
    hasTime ? label(x + width - 12, y + 34, time, { fill: ink.text3, "text-anchor": "end" }) : "",
    // What has not run has its colour already: the legend of what will come.
    isPlanned ? rect(inner.x, inner.y, inner.width, inner.height, { rx: 2, fill: hue(group), opacity: 0.34 }) : "",
    isPlanned ? "" : stateBar(inner, totals, hue(group)),
  ].join("");
}
