/**
 * Colours and type of the static picture: light, on a ground of its own, for any page it lands on.
 * @module
 */

export { functionHue as hue } from "../../function-hues.js";

export const ink = {
  ground: "#ffffff",
  panel: "#f7f8fa",
  text: "#1c2430",
  text2: "#5b6675",
  text3: "#69727e",
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

/** Below this a name is cut at its end. */
const MIDDLE_FROM = 12;

/** `text` in at most `width` pixels, for a font whose characters are `advance` wide on average; what is left out is near its end. */
export function fitted(text: string, width: number, advance: number): string {
  const most = Math.max(1, Math.floor(width / advance));
  if (text.length <= most) return text;
  const tail = most < MIDDLE_FROM ? 0 : Math.floor(most / 3);
  return `${text.slice(0, most - 1 - tail)}…${text.slice(text.length - tail)}`;
}
