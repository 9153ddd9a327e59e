import { codePointsBefore, offsetOf } from "../code/code-points.js";
import { type Path, pathBefore } from "../code/path-before.js";
import { type Token, tokensOf } from "../code/tokens.js";

/** The name that a question about code means. */
export interface Inspected {
  /** what leads to its value, if nothing has to run for that */
  readonly path: Path | undefined;
  /** where the name begins, in Unicode code points */
  readonly cursorPos: number;
}

const notCalled = new Set("await catch for function if import return super switch typeof while with".split(" "));

/**
 * The name under the cursor or the brackets that end at it, else the function in whose parentheses the cursor is.
 * @param cursorPos in Unicode code points
 * @example inspectedAt("f(a.b)", 5)?.path // ["a", "b"]
 */
export function inspectedAt(code: string, cursorPos: number): Inspected | undefined {
  const at = offsetOf(code, cursorPos);
  const all = tokensOf(code);
  if (all.some(({ kind, start, end }) => kind === "comment" && start < at && at < end)) return undefined;
  const tokens = all.filter(({ kind }) => kind !== "comment");
  const bracket = tokens.findIndex(({ text, end }) => text === "]" && end === at);
  const inBrackets = bracket === -1 ? undefined : pathBefore(tokens, bracket + 1);
  if (inBrackets !== undefined)
    return { path: inBrackets, cursorPos: codePointsBefore(code, tokens[bracket - 1]!.start) };
  const under = tokens.findIndex(({ kind, start, end }) => kind === "name" && start <= at && at <= end);
  const index = under === -1 ? calleeBefore(tokens, at) : under;
  const name = tokens[index];
  return name && { path: pathBefore(tokens, index + 1), cursorPos: codePointsBefore(code, name.start) };
}

function calleeBefore(tokens: readonly Token[], at: number): number {
  let closed = 0;
  for (let index = tokens.findLastIndex(({ end }) => end <= at); index >= 0; index--) {
    const { kind, text } = tokens[index]!;
    if (kind !== "punctuator") continue;
    if (")]}".includes(text)) closed += 1;
    if (!"([{".includes(text)) continue;
    if (closed > 0) {
      closed -= 1;
      continue;
    }
    const before = tokens[index - 1];
    // The body of a function that is an argument is no argument of the call.
    if (text === "{" && (before?.text === "=>" || before?.text === ")")) return -1;
    if (text === "(" && before?.kind === "name" && !notCalled.has(before.text)) return index - 1;
  }
  return -1;
}
