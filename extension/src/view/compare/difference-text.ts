import type { Formats } from "../text/formats.js";
import { locale } from "../text/translation.js";

const MINUS = "−";

/** A difference with its sign: `+0.41 s`, `−3 ms`; without one where it rounds to nothing. */
export function signed(difference: number, text: (value: number) => string): string {
  const size = text(Math.abs(difference));
  if (size === text(0)) return size;
  return `${difference < 0 ? MINUS : "+"}${size}`;
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
  const difference = signed(b - a, text);
  const percent = signedPercent(a, b);
  return percent === "" || difference === text(0) ? difference : `${difference} (${percent})`;
}

/** A count in both runs: `64`, or `64 → 128`. */
export function countsText(a: number | undefined, b: number | undefined, formats: Formats): string {
  const text = (count: number | undefined) => (count === undefined ? "–" : formats.count(count));
  return a === b ? text(a) : `${text(a)} → ${text(b)}`;
}
