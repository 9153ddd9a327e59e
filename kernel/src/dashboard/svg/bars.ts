import { formatMs } from "../format.js";
import type { RunBundle } from "../messages.js";
import { totalsOf } from "../totals.js";
import type { Drawing } from "./cards.js";
import { fitted, hue, ink, MONO } from "./ink.js";
import { label } from "./markup.js";
import { stateBar } from "./state-bar.js";

const ROWS = 16;
const ROW_HEIGHT = 22;
const NAME_WIDTH = 130;
const FIGURES_WIDTH = 192;

/** Progress by function: a row each with name, bar, count, share and time. */
export function bars(bundle: RunBundle, left: number, right: number, top: number): Drawing {
  const shown = bundle.groups.slice(0, ROWS);
  const rows = shown.map((group, index) => {
    const y = top + 20 + index * ROW_HEIGHT;
    const totals = totalsOf(bundle, index);
    const width = right - left - NAME_WIDTH - FIGURES_WIDTH;
    const share = totals.n === 0 ? 0 : Math.floor((100 * totals.done) / totals.n);
    return [
      label(left, y + 11, fitted(group.name, NAME_WIDTH - 10, 7.2), {
        "font-family": MONO,
        "font-size": 11.5,
        fill: ink.text,
      }),
      stateBar({ x: left + NAME_WIDTH, y, width, height: 13 }, totals, hue(index)),
      label(right - 124, y + 11, `${totals.done}/${totals.n}`, { fill: ink.text2, "text-anchor": "end" }),
      label(right - 72, y + 11, `${share} %`, { fill: ink.text, "font-weight": 600, "text-anchor": "end" }),
      label(right, y + 11, group.ms > 0 ? formatMs(group.ms) : "–", { fill: ink.text3, "text-anchor": "end" }),
    ].join("");
  });
  const rest = bundle.groups.length - shown.length;
  const bottom = 20 + shown.length * ROW_HEIGHT;
  const more = rest > 0 ? label(left, top + bottom + 10, `and ${rest} more functions`, { fill: ink.text3 }) : "";
  const title = label(left, top + 4, "Progress by function", { fill: ink.text2, "font-weight": 600 });
  return { markup: title + rows.join("") + more, height: bottom + (rest > 0 ? 16 : 0) };
}
