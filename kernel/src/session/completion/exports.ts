import { isBuiltin } from "node:module";
import process from "node:process";
import { identifier } from "../code/name-patterns.js";
import type { Token } from "../code/tokens.js";
import { descriptorOf } from "../inspection/quiet-read.js";
import { wordFor } from "../inspection/word-for.js";
import type { CompletionEntry } from "../session.js";
import type { CompletionSource } from "./completion-source.js";

const restOfImport = /^[^;()=]*?\}\s*from\s*(["'])(?<specifier>[^"'\n]+)\1/;

/**
 * Completes a name in the braces of `import { … } from "m"`: the exports of a module that is loaded already.
 * @param tokens up to the name
 * @returns nothing if the cursor is at another place
 */
export function exportsAt(
  tokens: readonly Token[],
  after: string,
  prefix: string,
  source: CompletionSource,
): CompletionEntry[] | undefined {
  if (!isInImport(tokens)) return undefined;
  const specifier = restOfImport.exec(after)?.groups?.specifier;
  const exports = specifier === undefined ? undefined : moduleOf(specifier, source);
  if (exports === undefined) return [];
  const isWanted = (name: string) => name.startsWith(prefix) && identifier.test(name) && name !== "default";
  const names = Object.getOwnPropertyNames(exports).filter(isWanted);
  return names.sort().map((text) => ({ text, type: wordFor(descriptorOf(exports, text)?.value) }));
}

function isInImport(tokens: readonly Token[]): boolean {
  if (tokens.at(-1)?.text !== "{" && tokens.at(-1)?.text !== ",") return false;
  const brace = tokens.findLastIndex(({ kind, text }) => kind !== "name" && text !== ",");
  if (tokens[brace]?.text !== "{") return false;
  const before = tokens.slice(Math.max(0, brace - 3), brace).map(({ text }) => text);
  return /(?:^| )import(?: type)?(?: \S+ ,)?$/.test(before.join(" "));
}

/** Node's own modules are at hand without running anything of the user. */
function moduleOf(specifier: string, source: CompletionSource): object | undefined {
  return isBuiltin(specifier) ? process.getBuiltinModule(specifier) : source.loadedModule(specifier);
}
