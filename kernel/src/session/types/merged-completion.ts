import type { Completion, CompletionEntry } from "../session.js";
import type { TypedCompletions } from "./type-checker.js";

/**
 * Names that types know, then those that only the values of the moment know; both must complete the same part of the
 * code. Where types are silent the values speak alone; where neither has an answer there are no entries, at 0.
 */
export function mergedCompletion(typed: TypedCompletions | undefined, runtime: Completion | undefined): Completion {
  if (typed === undefined || typed.entries.length === 0) {
    return runtime ?? { entries: [], cursorStart: 0, cursorEnd: 0 };
  }
  const { cursorStart, cursorEnd, isClosed } = typed;
  const known = new Set(typed.entries.map(({ name }) => name));
  const isSamePart = runtime?.cursorStart === cursorStart && runtime.cursorEnd === cursorEnd;
  const others = isSamePart && !isClosed ? runtime.entries.filter(({ text }) => !known.has(text)) : [];
  const entries = typed.entries.map(
    ({ name, kind, signature }): CompletionEntry => ({
      text: name,
      type: kind,
      ...(signature !== undefined && { signature }),
    }),
  );
  return { entries: [...entries, ...others], cursorStart, cursorEnd };
}
