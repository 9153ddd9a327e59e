/**
 * The messaging specification counts code points, the compiler UTF-16 units: they differ after an emoji.
 * @module
 */

/** Units before the code point of that number. */
export function unitsOf(code: string, points: number): number {
  return [...code].slice(0, points).join("").length;
}

/** Code points before the unit of that number. */
export function pointsOf(code: string, units: number): number {
  return [...code.slice(0, units)].length;
}
