import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { TraceMap } from "@jridgewell/trace-mapping";
import { originFile, type StoredOrigin } from "./module-store.js";
import { isStored } from "./store-folder.js";

/** A place in a file of the user; line and column from 1. */
export interface WrittenPlace {
  readonly file: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

interface ReadOrigin extends StoredOrigin {
  readonly traces: readonly TraceMap[];
}

const load = createRequire(import.meta.url);
// Loaded late: most threads never see an error of a file of the user.
const tracing = (): typeof import("@jridgewell/trace-mapping") => load("@jridgewell/trace-mapping");
const origins = new Map<string, ReadOrigin | undefined>();

/** Where the user wrote what stands at a place of a stored file; nothing for other files and for what we added. */
export function writtenPlace(url: string, line: number, column: number): WrittenPlace | undefined {
  const origin = originOf(url);
  if (origin === undefined) return undefined;
  let place: { line: number; column: number } = { line: line - origin.linesBefore, column: column - 1 };
  for (const trace of origin.traces) {
    const found = tracing().originalPositionFor(trace, place);
    if (found.line === null) return undefined;
    place = found;
  }
  return { file: origin.file, text: origin.text, line: place.line, column: place.column + 1 };
}

/** The file that a stored one was made from. */
export function writtenFile(url: string): string | undefined {
  return originOf(url)?.file;
}

/** Text of a file of the user as it was when it was compiled, by the address of what was compiled. */
function originOf(url: string): ReadOrigin | undefined {
  if (!isStored(url)) return undefined;
  if (!origins.has(url)) origins.set(url, readOrigin(url));
  return origins.get(url);
}

function readOrigin(url: string): ReadOrigin | undefined {
  try {
    const origin: StoredOrigin = JSON.parse(readFileSync(originFile(url), "utf8"));
    const { TraceMap } = tracing();
    const traces = origin.maps.map((map) => new TraceMap({ version: 3, ...map }));
    return { ...origin, traces };
  } catch {
    // A text that only looks like an address of the store.
    return undefined;
  }
}
