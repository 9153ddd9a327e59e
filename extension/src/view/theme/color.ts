/** Red, green, blue 0 … 255 and opacity 0 … 1. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

const NAMED: Readonly<Record<string, string>> = { white: "#ffffff", black: "#000000" };

/**
 * Reads `#rgb`, `#rrggbb`, `rgb()`, `rgba()`, white and black: what JupyterLab's themes use.
 * @returns undefined for anything else
 */
export function parseColor(text: string): Rgba | undefined {
  const color = NAMED[text.trim().toLowerCase()] ?? text.trim().toLowerCase();
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/.exec(color)?.[1];
  if (hex) {
    const six = hex.length === 3 ? [...hex].map((c) => c + c).join("") : hex;
    const [r, g, b] = [0, 2, 4].map((at) => Number.parseInt(six.slice(at, at + 2), 16));
    return [r!, g!, b!, 1];
  }
  const parts = /^rgba?\(([^)]*)\)$/
    .exec(color)?.[1]
    ?.split(/[\s,/]+/)
    .filter(Boolean);
  if (parts === undefined || parts.length < 3) return undefined;
  const [r, g, b, a = 1] = parts.map((part) => (part.endsWith("%") ? Number.parseFloat(part) / 100 : Number(part)));
  return [r, g, b, a].every(Number.isFinite) ? [r!, g!, b!, a] : undefined;
}

function opaque(text: string): Rgba {
  return parseColor(text) ?? [128, 128, 128, 1];
}

function hex([r, g, b]: readonly [number, number, number]): string {
  return `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** `share` of `top` painted over `ground`. */
export function mix(ground: string, top: string, share: number): string {
  const [a, b] = [opaque(ground), opaque(top)];
  const part = (k: 0 | 1 | 2) => a[k] + (b[k] - a[k]) * share;
  return hex([part(0), part(1), part(2)]);
}

/** `text` as an opaque colour: what the eye sees when it lies on `ground`. */
export function flatten(text: string, ground: string): string | undefined {
  const color = parseColor(text);
  return color && mix(ground, hex([color[0], color[1], color[2]]), color[3]);
}

/** Relative luminance. @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
export function luminance(color: string): number {
  const linear = (part: number) => (part <= 10.31475 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = opaque(color);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Contrast of two opaque colours, 1 … 21. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** `color`, moved towards `strong` just as far as it takes to reach `atLeast` contrast on every ground. */
export function readable(color: string, grounds: readonly string[], atLeast: number, strong: string): string {
  for (let share = 0; share < 1; share += 0.04) {
    const candidate = mix(color, strong, share);
    if (grounds.every((ground) => contrast(candidate, ground) >= atLeast)) return candidate;
  }
  return strong;
}
