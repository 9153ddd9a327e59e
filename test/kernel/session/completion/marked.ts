import { complete } from "../../../../kernel/src/session/completion/complete.js";
import type { CompletionSource } from "../../../../kernel/src/session/completion/completion-source.js";
import type { Completion } from "../../../../kernel/src/session/session.js";

/** Completes code in which `|` stands for the cursor; without one it is at the end. */
export function marked(source: CompletionSource) {
  const completion = (code: string): Completion => {
    const [before = "", after = ""] = code.split("|");
    return complete(before + after, [...before].length, source);
  };
  const texts = (code: string): readonly string[] => completion(code).entries.map(({ text }) => text);
  /** The code after the choice of the first entry. */
  const chosen = (code: string): string | undefined => {
    const { entries, cursorStart, cursorEnd } = completion(code);
    const points = [...code.replace("|", "")];
    return entries[0] && [...points.slice(0, cursorStart), entries[0].text, ...points.slice(cursorEnd)].join("");
  };
  return { completion, texts, chosen };
}
