import type { Token } from "./tokens.js";

/** What the code `a.b[0]["c"]` names: `["a", "b", "0", "c"]`. */
export type Path = readonly string[];

/**
 * The path of properties that ends before token `end`: names, dots, `!`, and brackets around a literal. Nothing
 * if it begins with a call or an expression, whose value nobody knows before it runs.
 * @example pathBefore(tokensOf("f(a.b?.[0]!"), 9) // ["a", "b", "0"]
 */
export function pathBefore(tokens: readonly Token[], end: number): Path | undefined {
  const path: string[] = [];
  let at = end - 1;
  for (;;) {
    while (tokens[at]?.text === "!") at -= 1;
    const key = keyInBrackets(tokens, at);
    if (key !== undefined) {
      path.unshift(key);
      at -= tokens[at - 3]?.text === "?." ? 4 : 3;
      continue;
    }
    const token = tokens[at];
    if (token?.kind !== "name") return undefined;
    path.unshift(token.text);
    if (!isDot(tokens[at - 1])) return path;
    at -= 2;
  }
}

/** True for `.` and `?.`. */
export function isDot(token: Token | undefined): boolean {
  return token?.text === "." || token?.text === "?.";
}

function keyInBrackets(tokens: readonly Token[], at: number): string | undefined {
  const literal = tokens[at - 1];
  if (tokens[at]?.text !== "]" || tokens[at - 2]?.text !== "[" || literal === undefined) return undefined;
  if (literal.kind === "number" && /^\d+$/.test(literal.text)) return literal.text;
  // An escape in a key is rare, and would have to be read as JavaScript does.
  return literal.kind === "text" && !/[\\$]/.test(literal.text) ? literal.text.slice(1, -1) : undefined;
}
