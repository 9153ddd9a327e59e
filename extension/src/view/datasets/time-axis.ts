import type { Span } from "../lens.js";

const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
const TICK_STEPS = [1, 2, 5, 10];
const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/** The time a stream shows: while it runs a round time ahead of now, so the axis rests; at the end the run's time. */
export function horizonOf(elapsed: number, isRunning: boolean): number {
  if (!isRunning) return Math.max(1, elapsed);
  return roundUp(Math.max(100, elapsed * 1.02), STEPS);
}

/** Times of the ticks within a span, at most `most`, and their texts in one unit. */
export function ticksOf([from, to]: Span, most: number, format: (value: number, digits: number) => string) {
  const horizon = to - from;
  const [unit, name] =
    horizon < SECOND
      ? ([1, "ms"] as const)
      : horizon < 2 * MINUTE
        ? ([SECOND, "s"] as const)
        : horizon < 2 * HOUR
          ? ([MINUTE, "min"] as const)
          : ([HOUR, "h"] as const);
  const step = roundUp(horizon / Math.max(1, most), TICK_STEPS, unit);
  const digits = step % unit === 0 ? 0 : Math.min(3, Math.ceil(-Math.log10(step / unit)));
  const ticks: { t: number; text: string }[] = [];
  for (let k = Math.ceil(from / step); k * step <= from + horizon * 1.0001; k++) {
    ticks.push({ t: k * step, text: `${format((k * step) / unit, k === 0 ? 0 : digits)} ${name}` });
  }
  return ticks;
}

function roundUp(value: number, digits: readonly number[], unit = 1): number {
  const power = 10 ** Math.floor(Math.log10(value / unit)) * unit;
  return (digits.find((digit) => digit * power >= value * 0.9999) ?? 10) * power;
}
