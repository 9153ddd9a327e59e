/**
 * Colours of the pictures of explanations. Where the extension is, it tells the colours of the page's theme; anywhere
 * else pictures have a light ground of their own, as those of runs.
 * @module
 */
import { functionHue } from "../../function-hues.js";

/** The extension sets a CSS variable `--dagbook-picture-NAME` for each of them; see its `picture-colors.ts`. */
const LIGHT = {
  ground: "#ffffff",
  ink: "#1c2430",
  ink2: "#5b6675",
  ink3: "#7d8896",
  line: "#dfe3e8",
  track: "#eef1f4",
} as const;

/** Hues after which they repeat, as in the live view. */
const HUES = 16;

/** A colour as a value of CSS. */
export function paint(name: keyof typeof LIGHT): string {
  return `var(--dagbook-picture-${name},${LIGHT[name]})`;
}

/** The colour of the function at this place. */
export function huePaint(place: number): string {
  const hue = place % HUES;
  return `var(--dagbook-picture-hue-${hue},${functionHue(hue)})`;
}
