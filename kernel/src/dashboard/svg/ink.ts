/**
 * Colours and type of the static picture: light, on a ground of its own, for any page it lands on.
 * @module
 */

export const ink = {
  ground: "#ffffff",
  panel: "#f7f8fa",
  text: "#1c2430",
  text2: "#5b6675",
  text3: "#7d8896",
  line: "#dfe3e8",
  edge: "#c3cad4",
  failed: "#c8322b",
  /** the run as a whole has no hue: hue means function */
  done: "#454c59",
  running: "#98a2b0",
  queued: "#cdd2d9",
  waiting: "#eef1f4",
} as const;

// The renderer of the PNG looks at the first name only, and DejaVu is the font that Linux images have.
export const SANS = "'DejaVu Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
export const MONO = "'DejaVu Sans Mono', Menlo, Consolas, monospace";

/** Eight hues that stay apart also for colour-blind readers, then the same ones lighter. */
const HUES = ["#2a3b99", "#009cc3", "#8b61ce", "#b88510", "#953262", "#00750e", "#6d371c", "#4f8c68"] as const;

/** Colour of the group with this index, in order of first appearance. */
export function hue(group: number): string {
  const color = HUES[group % HUES.length];
  return Math.floor(group / HUES.length) % 2 === 0 ? color : lighter(color);
}

function lighter(color: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return `#${parts.map((part) => Math.round(part + (255 - part) * 0.4).toString(16)).join("")}`;
}

/** Below this a name is cut at its end. */
const MIDDLE_FROM = 12;

/** `text` in at most `width` pixels, for a font whose characters are `advance` wide on average; what is left out is near its end. */
export function fitted(text: string, width: number, advance: number): string {
  const most = Math.max(1, Math.floor(width / advance));
  if (text.length <= most) return text;
  const tail = most < MIDDLE_FROM ? 0 : Math.floor(most / 3);
  return `${text.slice(0, most - 1 - tail)}…${text.slice(text.length - tail)}`;
}
