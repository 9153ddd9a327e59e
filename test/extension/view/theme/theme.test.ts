import { contrast } from "../../../../extension/src/view/theme/color.js";
import { fillUnderText, hueOf, textOn, themeFrom } from "../../../../extension/src/view/theme/theme.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";

describe.each(Object.entries(PAGE_THEMES))("theme %s", (_, theme) => {
  test("inks and the red of failures are readable on ground and card", () => {
    for (const ground of [theme.ground, theme.card]) {
      for (const ink of [theme.ink, theme.ink2, theme.ink3, theme.error]) {
        expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test("text on a filled pill is readable for every hue, and on red", () => {
    for (const hue of theme.hues) {
      const { fill, text } = fillUnderText(theme, hue);
      expect(contrast(text, fill)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(textOn(theme.error), theme.error)).toBeGreaterThanOrEqual(4.5);
  });

  test("every hue stands out from the ground, and none is repeated among sixteen", () => {
    for (const hue of theme.hues) expect(contrast(hue, theme.ground)).toBeGreaterThanOrEqual(3);
    expect(new Set(theme.hues).size).toBe(16);
    expect(hueOf(theme, 17)).toBe(hueOf(theme, 1));
  });
});

test("themes are told apart by their ground and the strength of their ink", () => {
  const kinds = Object.fromEntries(
    Object.entries(PAGE_THEMES).map(([name, theme]) => [name, [theme.isDark, theme.isHighContrast]]),
  );
  expect(kinds).toEqual({
    light: [false, false],
    dark: [true, false],
    "high contrast": [true, true],
    unknown: [false, false],
  });
});

test("fonts come from the page", () => {
  const theme = themeFrom({ "--jp-ui-font-family": "Inter", "--jp-code-font-family": " Menlo " });
  expect([theme.uiFont, theme.codeFont]).toEqual(["Inter", "Menlo"]);
});

test("high contrast has wide outlines and no faint tiles", () => {
  const theme = PAGE_THEMES["high contrast"]!;
  expect(theme.stroke).toBe(2);
  expect(Math.min(theme.opacity.waiting, theme.opacity.queued, theme.opacity.running)).toBeGreaterThanOrEqual(0.34);
});
