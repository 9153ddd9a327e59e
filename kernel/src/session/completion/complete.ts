import process from "node:process";
import { codePointsBefore, offsetOf } from "../code/code-points.js";
import { restOfName, restOfText } from "../code/name-patterns.js";
import { isDot, pathBefore } from "../code/path-before.js";
import { type Token, tokensOf } from "../code/tokens.js";
import { valueAt } from "../inspection/quiet-read.js";
import { readMagics } from "../magics/read-magics.js";
import type { Completion, CompletionEntry } from "../session.js";
import type { CompletionSource } from "./completion-source.js";
import { exportsAt } from "./exports.js";
import { magicWords } from "./magic-words.js";
import { entriesOf, keysOf, membersOf } from "./members.js";
import { isSpecifier, specifiersOf } from "./specifiers.js";
import { isNewName, variablesOf } from "./variables.js";

/** Entries, and the text around the cursor that each replaces. */
interface Words {
  readonly entries: readonly CompletionEntry[];
  readonly prefix: string;
  /** what goes on behind the cursor */
  readonly rest: RegExp;
}

const nothing = /^/;
const none: Words = { entries: [], prefix: "", rest: nothing };
const magicName = /^[ \t]*(%\w*)$/;

/**
 * Words that may stand at the cursor: variables and keywords, properties, keys, modules and their exports, magics.
 * Nothing is run for it: where a getter, a proxy or a call would have to tell, there is no answer.
 * @param cursorPos in Unicode code points
 */
export function complete(code: string, cursorPos: number, source: CompletionSource): Completion {
  const at = offsetOf(code, cursorPos);
  const [before, after] = [code.slice(0, at), code.slice(at)];
  const { entries, prefix, rest } = wordsAt(before, after, source);
  return {
    entries: entries.filter(({ text }) => text !== prefix),
    cursorStart: codePointsBefore(code, at - prefix.length),
    cursorEnd: codePointsBefore(code, at + rest.exec(after)![0].length),
  };
}

function wordsAt(before: string, after: string, source: CompletionSource): Words {
  const { code, magics } = readMagics(before);
  const magic = magics.at(-1);
  if (magic?.end === before.length) {
    const words = wordsInMagic(before.slice(magic.start), after, source);
    if (words !== undefined) return words;
  }
  const all = tokensOf(code);
  const last = all.at(-1);
  if (last?.isOpen) {
    const isText = last.kind === "text";
    return isText ? wordsInText(last, withoutComments(all.slice(0, -1))) : none;
  }
  // After an expression `%na` is a remainder until it is the name of a magic.
  const name = magicName.exec(lastLine(before))?.[1];
  if (name !== undefined) return { ...magicWords(name)!, rest: restOfName };
  return wordsInCode(withoutComments(all), before, after, source);
}

/** Nothing where the rest of the line is an expression of TypeScript. */
function wordsInMagic(command: string, after: string, source: CompletionSource): Words | undefined {
  const help = /^\?{1,2}(?!%)(.*[^?])$/s.exec(command)?.[1];
  if (help !== undefined) return wordsInCode(tokensOf(help), help, after, source);
  const magic = magicWords(command);
  if (magic === undefined) return /^%time(?:it)?\s/.test(command) ? undefined : none;
  return { ...magic, rest: magic.prefix.startsWith("%") ? restOfName : nothing };
}

function withoutComments(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter(({ kind }) => kind !== "comment");
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1);
}

/** Inside a string: keys of the value in front of the bracket, members of a map, modules. */
function wordsInText(text: Token, tokens: readonly Token[]): Words {
  const prefix = text.text.slice(1);
  if (/^[`}]/.test(text.text) || prefix.includes("\\")) return none;
  const words = (entries: readonly CompletionEntry[]) => ({ entries, prefix, rest: restOfText });
  if (isSpecifier(tokens)) return words(specifiersOf(prefix, process.cwd()));
  const end = tokens.length;
  if (tokens.at(-1)?.text === "[") {
    const isOptional = tokens.at(-2)?.text === "?.";
    return words(quotable(keysOf(valueBefore(tokens, isOptional ? end - 2 : end - 1), prefix)));
  }
  const isLookup = tokens.at(-1)?.text === "(" && /^(?:get|has|set|delete)$/.test(tokens.at(-2)?.text ?? "");
  if (!isLookup || !isDot(tokens.at(-3))) return none;
  return words(quotable(entriesOf(valueBefore(tokens, end - 3), prefix)));
}

/** Keys that need no escape between quotes. */
function quotable(entries: readonly CompletionEntry[]): readonly CompletionEntry[] {
  return entries.filter(({ text }) => !/["'\\\p{Cc}]/u.test(text));
}

function wordsInCode(all: readonly Token[], before: string, after: string, source: CompletionSource): Words {
  const last = all.at(-1);
  const isStarted = last?.kind === "name" && last.end === before.length;
  const prefix = isStarted ? last.text : "";
  const tokens = isStarted ? all.slice(0, -1) : all;
  const words = (entries: readonly CompletionEntry[]) => ({ entries, prefix, rest: restOfName });
  const exported = exportsAt(tokens, after, prefix, source);
  if (exported !== undefined) return words(exported);
  if (isDot(tokens.at(-1))) return words(minorLast(membersOf(valueBefore(tokens, tokens.length - 1), prefix)));
  if (prefix === "" || isNewName(tokens.at(-1))) return none;
  return words(variablesOf([...tokens, ...tokensOf(after)], source.names(), prefix));
}

function valueBefore(tokens: readonly Token[], end: number): unknown {
  const path = pathBefore(tokens, end);
  return path && valueAt(path)?.value;
}

/** Names that an underscore marks as internal come last, and what nobody looks for. */
function minorLast(entries: readonly CompletionEntry[]): readonly CompletionEntry[] {
  const isMinor = ({ text }: CompletionEntry) => text.startsWith("_") || text === "constructor";
  return [...entries.filter((entry) => !isMinor(entry)), ...entries.filter(isMinor)];
}
