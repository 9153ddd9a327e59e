import type { Formats } from "../text/formats.js";
import { locale } from "../text/translation.js";

const MINUS = "−";

/** A difference with its sign: `+0.41 s`, `−3 ms`; without one where it rounds to nothing. */
export function signed(difference: number, text: (value: number) => string): string {
  const size = text(Math.abs(difference));
  return isNothing(difference, text) ? size : `${difference < 0 ? MINUS : "+"}${size}`;
}

/** Whether what is shown of a difference is nothing. */
export function isNothing(difference: number, text: (value: number) => string): boolean {
  return text(Math.abs(difference)) === text(0);
}

/** How much more `b` is than `a`, of `a`: `+12%`; empty if that is no number. */
export function signedPercent(a: number, b: number): string {
  if (a === 0) return "";
  const format = new Intl.NumberFormat(locale(), {
    style: "percent",
    maximumFractionDigits: 0,
    signDisplay: "exceptZero",
  });
  return format.format((b - a) / a).replace("-", MINUS);
}

/** A difference and its share: `+0.41 s (+12%)`. */
export function signedWithPercent(a: number, b: number, text: (value: number) => string): string {
  const percent = signedPercent(a, b);
  return percent === "" || isNothing(b - a, text) ? signed(b - a, text) : `${signed(b - a, text)} (${percent})`;
}

/** A count in both runs: `64`, or `64 → 128`; undefined in a run that has no such thing. */
export function countsText(a: number | undefined, b: number | undefined, formats: Formats): string {
  const counts = [a, b].filter((count) => count !== undefined).map(formats.count);
  return [...new Set(counts)].join(" → ");
}
