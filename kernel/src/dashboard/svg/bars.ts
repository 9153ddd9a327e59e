import { formatMs, shareOf } from "../format.js";
import type { RunBundle } from "../messages.js";
import { totalsOf } from "../totals.js";
import type { Drawing } from "./cards.js";
import { fitted, hue, ink, MONO } from "./ink.js";
import { layers } from "./layers.js";
import { label } from "./markup.js";
import { stateBar } from "./state-bar.js";

const ROWS = 16;
const ROW_HEIGHT = 22;
const WIDEST_NAME = 176;
/** of the font of the names */
const LETTER = 7.2;
/** of the font of the figures */
const DIGIT = 6.6;
/** right of the counts: percentage and time */
const FIGURES_WIDTH = 110;

/** Progress by function, in the order of the cards: a row each with name, bar, count, share and time. */
export function bars(bundle: RunBundle, left: number, right: number, top: number): Drawing {
  const shown = layers(bundle.groups).flat().slice(0, ROWS);
  const longest = Math.max(0, ...shown.map((index) => bundle.groups[index].name.length));
  const nameWidth = Math.min(WIDEST_NAME, longest * LETTER + 14);
  const counts = shown.map((index) => {
    const { done, n } = totalsOf(bundle, index);
    return shareOf(done, n);
  });
  const figuresWidth = FIGURES_WIDTH + Math.max(0, ...counts.map((count) => count.length)) * DIGIT + 14;
  const rows = shown.map((index, row) => {
    const group = bundle.groups[index];
    const y = top + 20 + row * ROW_HEIGHT;
    const totals = totalsOf(bundle, index);
    const width = right - left - nameWidth - figuresWidth;
    const share = totals.n === 0 ? 0 : Math.floor((100 * totals.done) / totals.n);
    return [
      label(left, y + 11, fitted(group.name, nameWidth - 10, LETTER), {
        "font-family": MONO,
        "font-size": 11.5,
        fill: ink.text,
      }),
      stateBar({ x: left + nameWidth, y, width, height: 13 }, totals, hue(index)),
      label(right - 110, y + 11, counts[row], { fill: ink.text2, "text-anchor": "end" }),
      label(right - 64, y + 11, `${share} %`, { fill: ink.text, "font-weight": 600, "text-anchor": "end" }),
      label(right, y + 11, group.ms > 0 ? formatMs(group.ms) : "–", { fill: ink.text3, "text-anchor": "end" }),
    ].join("");
  });
  const rest = bundle.groups.length - shown.length;
  const bottom = 20 + shown.length * ROW_HEIGHT;
  const more = rest > 0 ? label(left, top + bottom + 10, `and ${rest} more functions`, { fill: ink.text3 }) : "";
  const title = label(left, top + 4, "Progress by function", { fill: ink.text2, "font-weight": 600 });
  return { markup: title + rows.join("") + more, height: bottom + (rest > 0 ? 16 : 0) };
}
