import { codeWidth } from "./labels.js";

export const PILL_FONT = 11.5;
/** inside a pill: left and right of the text, and room for its time and the gap before it */
export const PILL_INSET = 10;
export const TIME_WIDTH = 58;
const NARROWEST = 124;
/** columns narrower than this would show little of their names: then the times go, then the page scrolls */
const LEAST_CUT = { withTimes: 150, alone: 96 } as const;
/** of a picture that is scrolled */
const WIDEST_SCROLLED = 190;

export interface PillWidths {
  /** by column */
  readonly widths: readonly number[];
  /** false where there is no room for times */
  readonly hasTimes: boolean;
}

/**
 * Widths of columns of pills that fit into `room` beside each other: for names and times, else for names
 * alone, else for names of which the longest are cut. Where even these do not fit the page scrolls.
 * @param letters longest name by column
 * @param timeWidth 0 for a graph that has not run
 */
export function pillWidths(letters: readonly number[], room: number, timeWidth: number): PillWidths {
  const bare = letters.map((count) => Math.ceil(codeWidth("x".repeat(count), PILL_FONT)) + 2 * PILL_INSET);
  const full = bare.map((width) => Math.max(NARROWEST, width + timeWidth));
  if (sum(full) <= room) return { widths: full, hasTimes: true };
  const spare = Math.floor((room - sum(bare)) / bare.length);
  if (spare >= 0) return { widths: bare.map((width) => width + spare), hasTimes: false };
  const cut = (widths: readonly number[], most: number) => widths.map((width) => Math.min(width, most));
  const [cap, bareCap] = [largestCap(full, room), largestCap(bare, room)];
  if (cap >= LEAST_CUT.withTimes) return { widths: cut(full, cap), hasTimes: true };
  if (bareCap >= LEAST_CUT.alone) return { widths: cut(bare, bareCap), hasTimes: false };
  return { widths: cut(full, WIDEST_SCROLLED), hasTimes: true };
}

/** What the widest may keep so that all fit into `room`. */
function largestCap(widths: readonly number[], room: number): number {
  const ascending = [...widths].sort((a, b) => a - b);
  let left = room;
  for (const [k, width] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - k));
    if (width > share) return share;
    left -= width;
  }
  return ascending.at(-1) ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
