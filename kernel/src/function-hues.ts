/**
 * Colours of functions in static pictures: those of the live view on a light page.
 * @module
 */

/**
 * Eight hues that stay apart also for colour-blind readers, then the same ones lighter, or darker where they would not be
 * 3:1 on a panel: those of the extension's light theme.
 */
const HUES = [
  ...["#2a3b99", "#009cc3", "#8b61ce", "#b88510", "#953262", "#00750e", "#6d371c", "#4f8c68"],
  ...["#7883be", "#005a71", "#513877", "#6b4d09", "#ba7d9c", "#004408", "#a18070", "#2e513c"],
] as const;

/** Colour of the function with this place in order of first appearance. */
export function functionHue(place: number): string {
  return HUES[place % HUES.length];
}
