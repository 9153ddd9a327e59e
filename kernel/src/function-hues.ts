/**
 * Colours of functions in static pictures: those of the live view on a light page.
 * @module
 */

/** Eight hues that stay apart also for colour-blind readers, then the same ones lighter. */
const HUES = ["#2a3b99", "#009cc3", "#8b61ce", "#b88510", "#953262", "#00750e", "#6d371c", "#4f8c68"] as const;

/** Colour of the function with this place in order of first appearance. */
export function functionHue(place: number): string {
  const color = HUES[place % HUES.length];
  return Math.floor(place / HUES.length) % 2 === 0 ? color : lighter(color);
}

function lighter(color: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return `#${parts.map((part) => Math.round(part + (255 - part) * 0.4).toString(16)).join("")}`;
}
