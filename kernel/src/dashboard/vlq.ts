/**
 * Columns of whole numbers as short text: each the difference from the one before, in base 64 of variable
 * length, as source maps have them; a difference of 0 is followed by how many more come.
 * @see https://tc39.es/ecma426/#sec-base64-vlq
 * @module
 */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** Values of a digit; with the continuation bit there are twice as many digits. */
const BASE = 32;

/** `values` as text. They must be whole and safe. */
export function encodeColumn(values: Iterable<number>): string {
  const parts: string[] = [];
  let before = 0;
  let zeros = 0;
  const endZeros = () => {
    if (zeros > 0) parts.push(digitsOf(0), digitsOf(zeros - 1));
    zeros = 0;
  };
  for (const value of values) {
    if (value === before) {
      zeros += 1;
      continue;
    }
    endZeros();
    parts.push(digitsOf(value - before));
    before = value;
  }
  endZeros();
  return parts.join("");
}

/** The lowest bit of a number is its sign. Division, since bits of numbers end at 32. */
function digitsOf(value: number): string {
  let rest = Math.abs(value) * 2 + (value < 0 ? 1 : 0);
  let text = "";
  do {
    const digit = rest % BASE;
    rest = Math.floor(rest / BASE);
    text += DIGITS[rest > 0 ? digit + BASE : digit];
  } while (rest > 0);
  return text;
}
