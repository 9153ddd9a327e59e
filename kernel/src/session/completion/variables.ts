import type { Token } from "../code/tokens.js";
import { descriptorOf } from "../inspection/quiet-read.js";
import { wordFor } from "../inspection/word-for.js";
import type { CompletionEntry } from "../session.js";

const keywords =
  "abstract as async await break case catch class const continue debugger declare default delete do else enum export extends false finally for function if implements import in instanceof interface keyof let namespace new null of private protected public readonly return satisfies static super switch this throw true try type typeof undefined using var void while yield".split(
    " ",
  );
const declarations: Readonly<Record<string, string>> = {
  class: "class",
  const: "instance",
  enum: "class",
  function: "function",
  interface: "interface",
  let: "instance",
  namespace: "module",
  type: "type",
  var: "instance",
};

/** True after a word that a new name follows, which nobody can know. */
export function isNewName(before: Token | undefined): boolean {
  return before?.kind === "name" && Object.hasOwn(declarations, before.text);
}

/** Names that begin with `prefix`: of this cell, of the cells before, keywords, then Node's. */
export function variablesOf(tokens: readonly Token[], cellNames: readonly string[], prefix: string): CompletionEntry[] {
  const nodeNames = Object.getOwnPropertyNames(globalThis).filter((name) => !name.startsWith("__"));
  const all = [
    ...declaredIn(tokens),
    ...cellNames.map(global),
    ...keywords.map((text) => ({ text, type: "keyword" })),
    ...nodeNames.sort().map(global),
  ];
  const wanted = all.filter(({ text }) => text.startsWith(prefix) && text !== prefix);
  return [...new Map(wanted.reverse().map((entry) => [entry.text, entry])).values()].reverse();
}

function* declaredIn(tokens: readonly Token[]): Generator<CompletionEntry, void, undefined> {
  for (const [index, { kind, text }] of tokens.entries()) {
    const before = tokens[index - 1]?.text === "*" ? tokens[index - 2] : tokens[index - 1];
    if (kind === "name" && before?.kind === "name" && Object.hasOwn(declarations, before.text)) {
      yield { text, type: declarations[before.text]! };
    }
  }
}

function global(text: string): CompletionEntry {
  return { text, type: wordFor(descriptorOf(globalThis, text)?.value) };
}
