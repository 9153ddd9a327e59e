import type { Totals } from "../totals.js";
import { ink } from "./ink.js";
import { rect } from "./markup.js";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One bar: done, failed, running, queued; the rest is ground. With a hue for a function, in greys for the run. */
export function stateBar({ x, y, width, height }: Box, totals: Totals, hue?: string): string {
  const parts = [
    { count: totals.done, fill: hue ?? ink.done },
    { count: totals.failed, fill: ink.failed },
    { count: totals.running, fill: hue ?? ink.running, opacity: hue && 0.6 },
    { count: totals.queued, fill: hue ?? ink.queued, opacity: hue && 0.34 },
  ];
  let at = x;
  const drawn = parts.map(({ count, fill, opacity }) => {
    const part = totals.n === 0 ? 0 : (count / totals.n) * width;
    at += part;
    return rect(at - part, y, part, height, { fill, opacity: opacity || undefined });
  });
  return rect(x, y, width, height, { fill: ink.waiting, rx: 2 }) + drawn.join("");
}
