import { parseCode } from "./code/parse-code.js";
import { readMagics } from "./magics/read-magics.js";
import type { Completeness } from "./session.js";

const INDENT = "  ";

/**
 * Whether a front end should run the code or let the user type on. Incomplete means: what is there is right as
 * far as it goes, the parser stumbled over its end.
 */
export function isComplete(cell: string): Completeness {
  const { code, magics } = readMagics(cell);
  const last = magics.at(-1);
  // The shell takes the next line too, which is still to come.
  const goesOn = last?.kind === "shell" && last.end === cell.length && /\\\n?$/.test(cell);
  return goesOn ? { status: "incomplete", indent: "" } : isCompleteCode(code);
}

function isCompleteCode(code: string): Completeness {
  const error = firstError(code);
  if (error === undefined) return { status: "complete" };
  if (/^\s*\{/.test(code) && firstError(`(${code})`) === undefined) return { status: "complete" };
  return stopsAtEnd(code, error) ? { status: "incomplete", indent: nextIndent(code) } : { status: "invalid" };
}

interface ParseError {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

function firstError(code: string): ParseError | undefined {
  const [error] = parseCode(code).errors;
  if (!error) return undefined;
  const [label] = error.labels;
  return { message: error.message, start: label?.start ?? 0, end: label?.end ?? 0 };
}

function stopsAtEnd(code: string, { message, start, end }: ParseError): boolean {
  // Without a body the parser reports the place before the arrow.
  if (code.trimEnd().endsWith("=>")) return isCompleteCode(`${code} 0`).status !== "invalid";
  if (message === "Unterminated multiline comment") return true;
  // The parser names a template "string" too; a quoted one can never go on in the next line.
  if (message === "Unterminated string") return code[start] === "`" || code[start] === "}";
  const length = code.trimEnd().length;
  return start >= length || (message.startsWith("Missing initializer") && end >= length);
}

/** That of the last line, one step more after an opening bracket. */
function nextIndent(code: string): string {
  const last = code.trimEnd().split("\n").at(-1) ?? "";
  const own = /^\s*/.exec(last)![0];
  return /[{[(]\s*$/.test(last) || /=>\s*$/.test(last) ? own + INDENT : own;
}
