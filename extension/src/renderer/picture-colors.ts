import { type Theme, themeFrom } from "../view/index.js";
import { onThemeChange, readVariables } from "./page-theme.js";

const COLORS = ["ground", "ink", "ink2", "ink3", "line", "track"] as const satisfies readonly (keyof Theme)[];

/**
 * Gives pictures that are HTML, such as those of `explain`, the colours of the page's theme, now and whenever it
 * changes: as CSS variables, for which they have light colours of their own where this extension is not.
 * @returns a function that ends it
 */
export function tellPictureColors(): () => void {
  const { style } = document.body;
  const tell = () => {
    const theme = themeFrom(readVariables(document.body));
    for (const name of COLORS) style.setProperty(`--dagbook-picture-${name}`, theme[name]);
    for (const [place, hue] of theme.hues.entries()) style.setProperty(`--dagbook-picture-hue-${place}`, hue);
  };
  tell();
  return onThemeChange(tell);
}
