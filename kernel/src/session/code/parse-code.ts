import { type ParseResult, type ParserOptions, parseSync } from "oxc-parser";
import { tokensOf } from "./tokens.js";

/**
 * Brackets in brackets. oxc is native code without a limit of its own: at some 3,000 it runs out of the stack of a
 * thread, and the process ends.
 */
const MAX_NESTING = 1000;
/** What is wrong with such code, and the cure. */
export const TOO_DEEP = `more than ${MAX_NESTING} brackets inside of each other: put the data into a file and read it with JSON.parse`;

// The enum of oxc's types has no values at run time.
const ERROR = "Error" as ParseResult["errors"][number]["severity"];

/** Where code is nested too deeply to be parsed, in UTF-16 units; nothing if it is not. */
export function tooDeepAt(code: string): number | undefined {
  // Brackets in texts and comments count for nothing, but to tell them apart takes a hundred times as long.
  if (deepestIn(code.matchAll(/[()[\]{}]/g), ({ 0: text, index }) => [text, index]) === undefined) return undefined;
  const punctuators = tokensOf(code).filter(({ kind }) => kind === "punctuator");
  return deepestIn(punctuators, ({ text, start }) => [text, start]);
}

/** TypeScript as oxc parses it; what is nested too deeply is an error like any other. */
export function parseCode(code: string, lang: "ts" | "tsx" = "ts"): ParseResult {
  const options: ParserOptions = { lang, sourceType: "module" };
  const at = tooDeepAt(code);
  if (at === undefined) return parseSync(`cell.${lang}`, code, options);
  const { program, module, comments } = parseSync(`cell.${lang}`, "", options);
  const labels = [{ message: null, start: at, end: at + 1 }];
  return {
    program,
    module,
    comments,
    errors: [{ severity: ERROR, message: TOO_DEEP, labels, helpMessage: null, codeframe: null }],
  };
}

/** The place of the first bracket that is too deep. */
function deepestIn<T>(items: Iterable<T>, read: (item: T) => readonly [string, number]): number | undefined {
  let depth = 0;
  for (const item of items) {
    const [text, at] = read(item);
    if (text === "(" || text === "[" || text === "{") depth += 1;
    else if (text === ")" || text === "]" || text === "}") depth = Math.max(0, depth - 1);
    if (depth > MAX_NESTING) return at;
  }
  return undefined;
}
