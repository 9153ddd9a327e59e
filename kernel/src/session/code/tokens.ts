/**
 * The words of code that may end anywhere, as completion meets it; a parser would refuse it. Types of TypeScript
 * need nothing special: their words are names and punctuators too.
 * @module
 */

/** One word; `text` is a string, or a part of a template between its backticks and `${…}`. */
export interface Token {
  readonly kind: "name" | "number" | "text" | "regex" | "comment" | "punctuator";
  readonly text: string;
  /** place of its first character, in UTF-16 units */
  readonly start: number;
  readonly end: number;
  /** the code ends inside of it */
  readonly isOpen: boolean;
}

type Kind = Token["kind"];

// The last group of a pattern, if it has one, is what closes the token.
const space = /\s+/uy;
const remark = /\/\/[^\n]*|\/\*[\s\S]*?(?:(\*\/)|$)/uy;
const quoted = /(["'])(?:\\(?:[\s\S]|$)|(?!\1)[^\\\n])*(\1)?/uy;
const template = /[`}](?:\\(?:[\s\S]|$)|\$(?!\{)|[^\\`$])*(`|\$\{)?/uy;
const regex = /\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]?|[^/\\\n[])*(?:(\/)[a-z]*)?/uy;
const number = /\.?\d(?:\w|\.(?![.\p{ID_Start}$_])|(?<=e)[+-])*/iuy;
const name = /[#\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const punctuator = /\?\.(?!\d)|\.\.\.|=>|[\s\S]/uy;
const mayBeOpen = /^(?:text|comment|regex)$/;
/** After these words an expression begins, so a slash begins a regular expression. */
const operators = new Set("await case delete do else in instanceof new of return throw typeof void yield".split(" "));

/** The tokens of `code`, comments included, space left out. */
export function tokensOf(code: string): Token[] {
  const tokens: Token[] = [];
  // For each `${` that is open: how many braces are open inside of it.
  const templates: number[] = [];
  for (let at = 0; at < code.length; ) {
    at += match(space, code, at)?.[0].length ?? 0;
    if (at === code.length) break;
    const token = tokenAt(code, at, tokens.at(-1), templates.at(-1) === 0);
    tokens.push(token);
    countBraces(token, templates);
    at = token.end;
  }
  return tokens;
}

function tokenAt(code: string, start: number, last: Token | undefined, endsHole: boolean): Token {
  for (const [kind, pattern] of candidates(code[start]!, startsExpression(last), endsHole)) {
    const found = match(pattern, code, start);
    if (found === null) continue;
    const end = start + found[0].length;
    const isOpen = mayBeOpen.test(kind) && end === code.length && found.at(-1) === undefined;
    return { kind, text: found[0], start, end, isOpen };
  }
  return { kind: "punctuator", text: code[start]!, start, end: start + 1, isOpen: false };
}

const slash: readonly (readonly [Kind, RegExp])[] = [["comment", remark]];

function candidates(first: string, startsValue: boolean, endsHole: boolean): readonly (readonly [Kind, RegExp])[] {
  if (first === '"' || first === "'") return [["text", quoted]];
  if (first === "`" || (first === "}" && endsHole)) return [["text", template]];
  if (first === "/") return startsValue ? [...slash, ["regex", regex]] : slash;
  return [
    ["number", number],
    ["name", name],
    ["punctuator", punctuator],
  ];
}

function startsExpression(last: Token | undefined): boolean {
  if (last === undefined) return true;
  if (last.kind === "name") return operators.has(last.text);
  return last.kind === "punctuator" && !")]}".includes(last.text);
}

function countBraces({ kind, text }: Token, templates: number[]): void {
  if (kind === "text") {
    if (text.startsWith("}")) templates.pop();
    if (/^[`}]/.test(text) && text.endsWith("${")) templates.push(0);
  } else if (kind === "punctuator" && templates.length > 0) {
    const open = templates.length - 1;
    if (text === "{") templates[open] += 1;
    if (text === "}") templates[open] -= 1;
  }
}

function match(pattern: RegExp, code: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(code);
}
