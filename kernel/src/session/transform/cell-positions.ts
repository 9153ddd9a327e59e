import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type MagicString from "magic-string";
import type { SourceMap } from "oxc-transform";
import { ANCHOR_LINES } from "./rewrite-cell.js";

/** A place in text: both from 1, as V8 and editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds the place in the user's TypeScript for a place in the script that runs.
 * The maps are made at the first question: most cells never throw.
 */
export function cellPositions(
  text: MagicString,
  transformMap: SourceMap | undefined,
): (position: Position) => Position | undefined {
  let maps: readonly [TraceMap, TraceMap] | undefined;
  return ({ line, column }) => {
    if (!transformMap) return undefined;
    maps ??= [traceMap(text.generateMap({ hires: true, source: "cell.js" })), traceMap(transformMap)];
    const edited = originalPositionFor(maps[0], { line, column: column - 1 });
    if (edited.line === null || edited.line <= ANCHOR_LINES) return undefined;
    const written = originalPositionFor(maps[1], { line: edited.line - ANCHOR_LINES, column: edited.column });
    return written.line === null ? undefined : { line: written.line, column: written.column + 1 };
  };
}

function traceMap(map: { mappings: string; names: string[]; sources: string[] }): TraceMap {
  return new TraceMap({ version: 3, mappings: map.mappings, names: map.names, sources: map.sources });
}
