import { contrast, mix, readable } from "./color.js";

/**
 * Eight hues that stay apart under deuteranopia, protanopia and tritanopia (Machado et al. 2009),
 * found by search over OKLab. Red is not among them: it means failure.
 */
const LIGHT = ["#2a3b99", "#009cc3", "#8b61ce", "#b88510", "#953262", "#00750e", "#6d371c", "#4f8c68"];
const DARK = ["#7383d6", "#3dacaa", "#b2a6fa", "#a98210", "#d0508f", "#d7ec59", "#f5ba95", "#33ffe2"];

/** WCAG's least contrast of what must be seen but not read. */
const GRAPHIC = 3;

/** Sixteen colours for functions: the hues, then the same hues in a second lightness; all 3:1 or better on `card`. */
export function hues(isDark: boolean, card: string): readonly string[] {
  const strongest = isDark ? "#ffffff" : "#000000";
  const first = (isDark ? DARK : LIGHT).map((hue) => readable(hue, [card], GRAPHIC, strongest));
  return [...first, ...first.map((hue) => secondLightness(hue, card, strongest))];
}

function secondLightness(hue: string, card: string, strongest: string): string {
  const softened = mix(hue, card, 0.38);
  return contrast(softened, card) >= GRAPHIC ? softened : mix(hue, strongest, 0.42);
}
