import { looksOf } from "../../../../extension/src/view/datasets/tile-look.js";
import { contrast } from "../../../../extension/src/view/theme/color.js";
import { themeFrom } from "../../../../extension/src/view/theme/theme.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";

/** As Windows has them: Aquatic, Desert, Dusk, Night sky; of each the ground and the text. */
const SYSTEMS = [
  ["aquatic", "#202020", "#ffffff"],
  ["desert", "#fffaef", "#3d3d3d"],
  ["dusk", "#2d3236", "#ffffff"],
  ["night sky", "#000000", "#ffffff"],
] as const;

const forced = (ground: string, text: string) =>
  themeFrom({
    "forced-colors": "active",
    "--jp-layout-color1": ground,
    "--jp-ui-font-color1": text,
    "--jp-ui-font-color2": text,
    "--jp-ui-font-color3": text,
    "--jp-border-color2": text,
    "--jp-error-color1": "#f44336",
  });

describe.each([
  ...SYSTEMS.map(([name, ground, text]) => [name, forced(ground, text)] as const),
  ["JupyterLab's", PAGE_THEMES["high contrast"]!] as const,
])("high contrast: %s", (_, theme) => {
  test("outlines are 2 px, in the colour of text around cards", () => {
    expect([theme.isHighContrast, theme.stroke, theme.line]).toEqual([true, 2, theme.ink]);
    for (const hue of theme.hues) {
      const { running, stopped } = looksOf(theme, hue);
      expect([running.strokeWidth, stopped.strokeWidth]).toEqual([2, 2]);
    }
  });

  test("no fill is fainter than 34 %", () => {
    for (const hue of theme.hues) {
      const { waiting, queued, running, done, failed } = looksOf(theme, hue);
      for (const look of [waiting, queued, running, done, failed]) expect(look.o).toBeGreaterThanOrEqual(0.34);
    }
  });

  test("text is readable, and every hue is seen on the card", () => {
    for (const ink of [theme.ink, theme.ink2, theme.ink3, theme.error]) {
      expect(contrast(ink, theme.card)).toBeGreaterThanOrEqual(4.5);
    }
    for (const hue of theme.hues) expect(contrast(hue, theme.card)).toBeGreaterThanOrEqual(3);
  });
});
