import { contrast, mix } from "./color.js";

/**
 * Eight hues that stay apart under deuteranopia, protanopia and tritanopia (Machado et al. 2009),
 * found by search over OKLab. Red is not among them: it means failure.
 */
const LIGHT = ["#2a3b99", "#009cc3", "#8b61ce", "#b88510", "#953262", "#00750e", "#6d371c", "#4f8c68"];
const DARK = ["#7383d6", "#3dacaa", "#b2a6fa", "#a98210", "#d0508f", "#d7ec59", "#f5ba95", "#33ffe2"];

/** Sixteen colours for functions: the hues, then the same hues in a second lightness; all 3:1 or better on `ground`. */
export function hues(isDark: boolean, ground: string): readonly string[] {
  const first = isDark ? DARK : LIGHT;
  return [...first, ...first.map((hue) => secondLightness(hue, isDark, ground))];
}

function secondLightness(hue: string, isDark: boolean, ground: string): string {
  const softened = mix(hue, ground, 0.38);
  return contrast(softened, ground) >= 3 ? softened : mix(hue, isDark ? "#ffffff" : "#000000", 0.42);
}
