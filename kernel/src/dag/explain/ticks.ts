/** Digits of steps that people count in. */
const DIGITS = [1, 2, 5, 10];

/** Round times from 0 to `end`, at most `most` steps; none if there is no time. */
export function ticksOf(end: number, most: number): readonly number[] {
  if (!(end > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(end / most));
  const step = power * (DIGITS.find((digit) => digit * power * most >= end) ?? 10);
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, k) => k * step);
}
