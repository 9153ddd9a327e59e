/**
 * Places in text: the messaging specification counts Unicode code points, JavaScript and TypeScript UTF-16 units,
 * people lines and columns from 1.
 * @module
 */
import type { Position } from "../transform/cell-positions.js";

/** The UTF-16 offset of a place given in code points. */
export function offsetOf(text: string, codePoints: number): number {
  let offset = 0;
  for (let point = 0; point < codePoints && offset < text.length; point++) {
    offset += text.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return offset;
}

/** The number of code points before a UTF-16 offset. */
export function codePointsBefore(text: string, offset: number): number {
  return [...text.slice(0, offset)].length;
}

/** Line and column of a UTF-16 offset, both from 1. */
export function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
}
