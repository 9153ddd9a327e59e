import process from "node:process";
import { threadGlobal } from "../../thread-global.js";
import type { DisplayContent } from "../session.js";

/** Where `display` and `clearOutput` go. */
export interface DisplayTarget {
  show(content: DisplayContent): void;
  clear(wait: boolean): void;
  /** Something is shown later; the cell does not end before. */
  waitFor(pending: Promise<void>): void;
  /** A value could not show itself. */
  warn(error: unknown): void;
}

// A plain Node script has no notebook: it gets the text.
const terminal: DisplayTarget = {
  show: ({ data }) => process.stdout.write(`${String(data["text/plain"] ?? Object.values(data)[0] ?? "")}\n`),
  clear: () => undefined,
  waitFor: () => undefined,
  warn: (error) => process.stderr.write(`${String(error)}\n`),
};

interface Slot {
  target: DisplayTarget;
}

// A notebook may load a second copy of this package: what it shows belongs to the same cells.
const slot = threadGlobal<Slot>("display", () => ({ target: terminal }));

/** Where `display` and `clearOutput` go now. */
export function displayTarget(): DisplayTarget {
  return slot.target;
}

/** Sends what is shown to `target`; without one to standard output. */
export function setDisplayTarget(target: DisplayTarget | undefined): void {
  slot.target = target ?? terminal;
}
