import { type Theme, themeFrom } from "../../extension/src/view/theme/theme.js";

const inks = (rgb: string) => ({
  "--jp-ui-font-color1": `rgba(${rgb}, .87)`,
  "--jp-ui-font-color2": `rgba(${rgb}, .54)`,
  "--jp-ui-font-color3": `rgba(${rgb}, .38)`,
});

/** The themes of JupyterLab 4.6 as its style sheets give them, and one of a page that gives nothing. */
export const PAGE_THEMES: Readonly<Record<string, Theme>> = {
  light: themeFrom({
    ...inks("0, 0, 0"),
    "--jp-layout-color1": "white",
    "--jp-border-color2": "#e0e0e0",
    "--jp-error-color1": "#d32f2f",
  }),
  dark: themeFrom({
    ...inks("255, 255, 255"),
    "--jp-layout-color1": "#212121",
    "--jp-border-color2": "#424242",
    "--jp-error-color1": "#f44336",
  }),
  "high contrast": themeFrom({
    "--jp-ui-font-color1": "#fff",
    "--jp-ui-font-color2": "#fff",
    "--jp-ui-font-color3": "#fff",
    "--jp-layout-color1": "#111",
    "--jp-border-color2": "#e0e0e0",
    "--jp-error-color1": "#f44336",
  }),
  unknown: themeFrom({}),
};
