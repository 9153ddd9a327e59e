import { contrast, flatten, luminance, mix, readable } from "./color.js";
import { hues } from "./hues.js";

/** Colours and type of a view. All colours are opaque `#rrggbb`. */
export interface Theme {
  readonly isDark: boolean;
  readonly isHighContrast: boolean;
  readonly uiFont: string;
  readonly codeFont: string;
  /** behind everything */
  readonly ground: string;
  /** inside a card or pill */
  readonly card: string;
  /** text; `ink2` for secondary text, `ink3` for ticks; both 4.5:1 at least */
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  /** outlines of cards */
  readonly line: string;
  /** arrows between cards */
  readonly edge: string;
  /** unfilled part of a bar, hairlines */
  readonly track: string;
  /** failure, and nothing else */
  readonly error: string;
  /** text on `error` */
  readonly onError: string;
  /** one per function, in order of first appearance; repeats after 16 */
  readonly hues: readonly string[];
  /** opacity of a tile by its form; "done" is 1 */
  readonly opacity: { readonly waiting: number; readonly queued: number; readonly running: number };
  /** width of outlines */
  readonly stroke: number;
}

export type CssVariables = Readonly<Record<string, string | undefined>>;

const MEDIUM_TEXT = 4.5;

/**
 * The theme of a page, from the computed values of JupyterLab's CSS variables (`--jp-layout-color1`,
 * `--jp-ui-font-color1`, ...). What is missing or cannot be read is filled in; inks are strengthened
 * until text reaches 4.5:1. `forced-colors: active` makes the theme one of high contrast.
 */
export function themeFrom(variables: CssVariables): Theme {
  const ground = flatten(variables["--jp-layout-color1"] ?? "", "#ffffff") ?? "#ffffff";
  const isDark = luminance(ground) < 0.18;
  const strongest = isDark ? "#ffffff" : "#000000";
  const color = (name: string, otherwise: string) => flatten(variables[name] ?? "", ground) ?? otherwise;
  const ink = color("--jp-ui-font-color1", isDark ? "#e9edf2" : "#1c2430");
  const isHighContrast = variables["forced-colors"] === "active" || contrast(ink, ground) > 17;
  const card = mix(ground, ink, isDark ? 0.05 : 0.03);
  const grounds = [ground, card];
  const error = readable(color("--jp-error-color1", isDark ? "#ff6b5e" : "#c8322b"), grounds, MEDIUM_TEXT, strongest);
  const quiet = (name: string, share: number) =>
    readable(color(name, mix(ground, ink, share)), grounds, MEDIUM_TEXT, ink);
  return {
    isDark,
    isHighContrast,
    uiFont: variables["--jp-ui-font-family"]?.trim() || "system-ui, sans-serif",
    codeFont: variables["--jp-code-font-family"]?.trim() || "Menlo, Consolas, 'DejaVu Sans Mono', monospace",
    ground,
    card,
    ink,
    ink2: quiet("--jp-ui-font-color2", 0.7),
    ink3: quiet("--jp-ui-font-color3", 0.5),
    line: isHighContrast ? ink : color("--jp-border-color2", mix(ground, ink, 0.16)),
    edge: mix(ground, ink, isHighContrast ? 0.8 : 0.3),
    track: mix(ground, ink, isHighContrast ? 0.25 : isDark ? 0.1 : 0.08),
    error,
    onError: textOn(error),
    hues: hues(isDark, card),
    opacity: isHighContrast
      ? { waiting: 0.34, queued: 0.5, running: 0.7 }
      : isDark
        ? { waiting: 0.22, queued: 0.42, running: 0.6 }
        : { waiting: 0.15, queued: 0.36, running: 0.6 },
    stroke: isHighContrast ? 2 : 1.2,
  };
}

/** The ink, near-black or white, that reads better on `fill`. */
export function textOn(fill: string): string {
  return contrast("#ffffff", fill) >= contrast("#0d1014", fill) ? "#ffffff" : "#0d1014";
}

/** The hue of a function by its place in order of first appearance. */
export function hueOf(theme: Theme, place: number): string {
  return theme.hues[place % theme.hues.length]!;
}

/**
 * `hue` as the ground of text, and the ink for it, at 4.5:1 or better: light themes darken the hue
 * under white, dark themes lighten it under near-black.
 */
export function fillUnderText(theme: Theme, hue: string): { readonly fill: string; readonly text: string } {
  const text = theme.isDark ? "#0d1014" : "#ffffff";
  return { fill: readable(hue, [text], MEDIUM_TEXT, theme.isDark ? "#ffffff" : "#000000"), text };
}
