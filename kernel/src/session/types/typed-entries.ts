import { boundNames } from "../bound-names.js";
import type { NativeCompletion } from "./native/completions-at.js";
import type { NativeServer } from "./native/native-server.js";
import type { TypedEntry } from "./type-checker.js";

/** Signatures are shown of the first few, and each costs the checker three questions. */
const MAX_DETAILED = 12;
/** Nobody reads on. */
const MAX_ENTRIES = 500;
/** What TypeScript puts behind the names of the cells: globals, and what is deprecated. */
const GLOBALS_FROM = "15";
const ofDagbook: ReadonlySet<string> = new Set(boundNames);
/** Globals that the types of Node declare for CommonJS modules; a cell has only `require`. */
const notInCells = new Set(["exports", "module", "__dirname", "__filename", "undefined", "globalThis"]);
/** The cells of the program hand on their names in namespaces like this. */
const ofProgram = /^\$(?:cell_\d+|let_.*)$/;

/**
 * The completions that begin with `prefix`, TypeScript's best first. Without a prefix, of the names in scope only
 * those of the notebook.
 */
export async function typedEntries(
  found: readonly NativeCompletion[],
  prefix: string,
  isScope: boolean,
  server: NativeServer,
): Promise<readonly TypedEntry[]> {
  const isWanted = ({ name, order }: NativeCompletion) => {
    if (!name.startsWith(prefix) || name === prefix || ofProgram.test(name)) return false;
    if (!isScope || order < GLOBALS_FROM) return true;
    return prefix !== "" && !notInCells.has(name);
  };
  const best = found.filter(isWanted).sort(byOrder).slice(0, MAX_ENTRIES);
  const details = await server.ask(() => Promise.all(best.slice(0, MAX_DETAILED).map(({ detail }) => detail())));
  return best.map(({ name, kind }, index) => {
    const { kind: known, signature } = details[index] ?? { kind };
    return { name, kind: known, ...(signature !== undefined && { signature }) };
  });
}

/** The process gives them in any order. Names of the notebook come first, internal ones last. */
function byOrder(a: NativeCompletion, b: NativeCompletion): number {
  return rank(a) - rank(b) || compared(a.order, b.order) || compared(a.name, b.name);
}

function rank({ name, order }: NativeCompletion): number {
  if (name.startsWith("_")) return 2;
  return order >= GLOBALS_FROM && !ofDagbook.has(name) ? 1 : 0;
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
