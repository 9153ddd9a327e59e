import { restOfName, restOfText } from "../code/name-patterns.js";
import { isDot } from "../code/path-before.js";
import { type Token, tokensOf } from "../code/tokens.js";
import { isSpecifier } from "../completion/specifiers.js";

/** What of the code is completed, in UTF-16 units. */
export interface CompletionPlace {
  readonly start: number;
  readonly end: number;
  readonly prefix: string;
  /** behind a dot, in a string, or anywhere else */
  readonly kind: "member" | "text" | "name";
}

/**
 * The name or text that stands around a place of the code; nothing where types have nothing to say: in comments, in
 * numbers, and in names of modules, which are looked up where the kernel looks them up.
 */
export function completionPlace(code: string, at: number): CompletionPlace | undefined {
  const before = code.slice(0, at);
  const after = code.slice(at);
  const all = tokensOf(before);
  const last = all.at(-1);
  if (last?.isOpen && last.kind === "comment") return undefined;
  const tokens = all.filter(({ kind }) => kind !== "comment");
  if (last?.isOpen) {
    const prefix = last.text.slice(1);
    if (/^[`}]/.test(last.text) || prefix.includes("\\") || isSpecifier(tokens.slice(0, -1))) return undefined;
    return { start: at - prefix.length, end: at + restOfText.exec(after)![0].length, prefix, kind: "text" };
  }
  if (last && last.end === at && endsValue(last)) return undefined;
  const isStarted = last?.kind === "name" && last.end === at;
  const prefix = isStarted ? last.text : "";
  return {
    start: at - prefix.length,
    end: at + restOfName.exec(after)![0].length,
    prefix,
    kind: isDot(tokens.at(isStarted ? -2 : -1)) ? "member" : "name",
  };
}

/** No name can follow at once. */
function endsValue({ kind, text }: Token): boolean {
  return kind === "number" || kind === "text" || kind === "regex" || text === ")" || text === "]";
}
