import type { CompletionEntry, Symbol as NativeSymbol, Project, Type } from "@typescript/native/unstable/async";
import { signaturesOf } from "./signatures-of.js";

/** A name that fits at a place. */
export interface NativeCompletion {
  readonly name: string;
  /** in the words of JupyterLab's completer */
  readonly kind: string;
  /** TypeScript's order: smaller comes first */
  readonly order: string;
  /** what a function takes and gives, asked for when the name is shown */
  readonly detail: () => Promise<CompletionDetail>;
}

/** What is known of a completion beyond its name. */
export interface CompletionDetail {
  readonly kind: string;
  readonly signature: string | undefined;
}

/** Numbers of `CompletionItemKind`, as in the language server protocol. */
const kinds: Readonly<Record<number, string>> = {
  2: "method",
  3: "function",
  4: "class",
  5: "property",
  6: "instance",
  7: "class",
  8: "interface",
  9: "module",
  10: "property",
  13: "enum",
  14: "keyword",
  20: "property",
  21: "instance",
  25: "type",
};
/** Bits of `SymbolFlags`. */
const ALIAS = 2_097_152;
const kindsOfFlags: readonly (readonly [number, string])[] = [
  [16, "function"],
  [32, "class"],
  [384, "enum"],
  [3, "instance"],
  [64, "interface"],
  [524_288, "type"],
  [1536, "module"],
];
const TYPE_ALIAS = 524_288;
const VALUE = 111_551;
/** The file has no auto imports, which TypeScript wants to offer beside the names in scope. */
const NEEDS_AUTO_IMPORTS = /needs auto imports/;

/**
 * Names that fit at a place, in TypeScript's own order.
 * @returns "names in scope" where those fit, which TypeScript gives only for files that may not import
 */
export async function completionsAt(
  project: Project,
  path: string,
  position: number,
): Promise<readonly NativeCompletion[] | "names in scope" | undefined> {
  try {
    const found = await project.checker.getCompletionsAtPosition(path, position, { includeSymbol: true });
    return found?.entries.map((entry) => completionOf(project, entry));
  } catch (error) {
    if (error instanceof Error && NEEDS_AUTO_IMPORTS.test(error.message)) return "names in scope";
    throw error;
  }
}

function completionOf(project: Project, entry: CompletionEntry): NativeCompletion {
  const kind = kindOf(entry);
  return {
    // `label?` is a property that may be missing.
    name: entry.insertText === undefined ? entry.name : entry.name.replace(/\?$/, ""),
    kind,
    order: entry.sortText ?? "",
    detail: () => detailOf(project, entry, kind),
  };
}

function kindOf({ kind, symbol }: CompletionEntry): string {
  if (symbol && symbol.flags & TYPE_ALIAS && !(symbol.flags & VALUE)) return "type";
  return kinds[kind ?? 0] ?? "instance";
}

async function detailOf(project: Project, { symbol }: CompletionEntry, listed: string): Promise<CompletionDetail> {
  const kind = symbol && symbol.flags & ALIAS ? await kindBehind(project, symbol, listed) : listed;
  const none = { kind, signature: undefined };
  if (!symbol || !/^(?:method|function|instance|property)$/.test(kind)) return none;
  const type = await project.checker.getTypeOfSymbol(symbol);
  if (!type) return none;
  const [first, ...others] = await signaturesOf(project, type, "call");
  if (first !== undefined) {
    const more = others.length > 0 ? ` (+${others.length} overloads)` : "";
    return { kind: callable(kind), signature: `${first}${more}` };
  }
  return { kind: kind === "instance" && (await isNewable(project, type)) ? "class" : kind, signature: undefined };
}

/** Names of earlier cells and imports are listed as variables, whatever they stand for. */
async function kindBehind({ checker }: Project, alias: NativeSymbol, listed: string): Promise<string> {
  const { flags } = await checker.getAliasedSymbol(alias);
  return kindsOfFlags.find(([bits]) => flags & bits)?.[1] ?? listed;
}

function callable(kind: string): string {
  return kind === "instance" ? "function" : kind === "property" ? "method" : kind;
}

async function isNewable(project: Project, type: Type): Promise<boolean> {
  return (await signaturesOf(project, type, "construct")).length > 0;
}
