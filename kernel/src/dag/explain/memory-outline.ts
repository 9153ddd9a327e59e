/**
 * What was held when, as the outline of an area.
 * @module
 */
import type { HeldOverTime } from "../engine/simulate.js";

/** Where the area goes: `width` pixels for `makespan`, `height` pixels for `most`. */
export interface OutlineBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly makespan: number;
  readonly most: number;
}

/**
 * Path data of the line, in steps: a value holds until the next one. Each pixel column has its highest value, so that
 * a path has a bounded length and every peak.
 * @returns empty where nothing was held
 */
export function memoryOutline({ time, held }: HeldOverTime, box: OutlineBox): string {
  if (box.makespan === 0 || box.most === 0) return "";
  const columns = highest(time, held, box);
  const level = (value: number) => Math.round((box.y + box.height * (1 - value / box.most)) * 10) / 10;
  let path = "";
  let before = -1;
  columns.forEach((value, column) => {
    if (value === before) return;
    path += before < 0 ? `M${box.x + column} ${level(value)}` : `H${box.x + column}V${level(value)}`;
    before = value;
  });
  return path === "" ? "" : `${path}H${box.x + columns.length}`;
}

/** `[pixels]` the highest value of each column, up to the last time. */
function highest(time: readonly number[], held: readonly number[], { width, makespan }: OutlineBox): Float64Array {
  const columnOf = (at: number) => Math.min(width - 1, Math.max(0, Math.floor((at / makespan) * width)));
  const columns = new Float64Array(time.length === 0 ? 0 : columnOf(time[time.length - 1]) + 1);
  let [value, column] = [0, 0];
  for (let i = 0; i < time.length; i++) {
    for (const next = columnOf(time[i]); column < next; column++) columns[column] = Math.max(columns[column], value);
    value = held[i];
    columns[column] = Math.max(columns[column], value);
  }
  return columns;
}
