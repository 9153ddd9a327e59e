import { clipped } from "../../clipped.js";
import { safeInspect } from "../errors/safe-read.js";

/** Characters of a value that an error names. */
const MAX_LENGTH = 100;

/** What was given instead of what was expected, for an error. */
export function shortly(value: unknown): string {
  return clipped(safeInspect(value, { depth: 0 }), MAX_LENGTH);
}
