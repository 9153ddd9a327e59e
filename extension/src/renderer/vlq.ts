const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUE = new Map(Array.from(DIGITS, (digit, value) => [digit, value]));
/** Values of a digit without its continuation bit. */
const BASE = 32;

/**
 * Reads a column of `n` whole numbers that the kernel has packed: differences in base 64 of variable length, as
 * in source maps; a difference of 0 is followed by how many more come.
 * @returns undefined if `text` is not such a column
 * @see https://tc39.es/ecma426/#sec-base64-vlq
 */
export function decodeColumn(text: unknown, n: number): number[] | undefined {
  const differences = typeof text === "string" ? readNumbers(text) : undefined;
  if (!differences) return;
  const column: number[] = [];
  let value = 0;
  for (let k = 0; k < differences.length; k++) {
    value += differences[k]!;
    column.push(value);
    if (differences[k] !== 0) continue;
    const more = differences[++k] ?? -1;
    if (more < 0 || column.length + more > n) return;
    for (let zero = 0; zero < more; zero++) column.push(value);
  }
  return column.length === n ? column : undefined;
}

function readNumbers(text: string): number[] | undefined {
  const numbers: number[] = [];
  let [sum, unit] = [0, 1];
  for (const letter of text) {
    const digit = VALUE.get(letter);
    if (digit === undefined) return;
    sum += (digit % BASE) * unit;
    unit *= BASE;
    if (digit >= BASE) continue;
    numbers.push(sum % 2 === 1 ? -(sum - 1) / 2 : sum / 2);
    [sum, unit] = [0, 1];
  }
  return unit === 1 && numbers.every(Number.isSafeInteger) ? numbers : undefined;
}
