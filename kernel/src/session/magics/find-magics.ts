import { parseCode } from "../code/parse-code.js";
import { knownMagics } from "./known-magics.js";

interface Place {
  /** of the first character, in UTF-16 units from the start of the cell */
  readonly start: number;
  /** behind the last character of its last line */
  readonly end: number;
}

/** A command to the kernel in a cell. */
export type Magic = Place &
  (
    | { readonly kind: "command"; readonly name: string; readonly text: string }
    /** `%time` and `%timeit`: the text is an expression */
    | { readonly kind: "timing"; readonly name: string; readonly text: string }
    | { readonly kind: "shell"; readonly text: string }
    /** `value?`; detail 1 for `value??` */
    | { readonly kind: "help"; readonly text: string; readonly detail: 0 | 1 }
    /** `%%name`, which this kernel does not have */
    | { readonly kind: "cell"; readonly name: string }
  );

const name = "[\\p{ID_Start}$_][\\p{ID_Continue}$]*";
const path = `${name}(?:\\.${name}|\\[\\d+\\])*`;
const helpPattern = new RegExp(`^(\\?{0,2})(${path}|%${name})(\\?{0,2})[ \\t]*(?:;[ \\t]*)?$`, "u");
/** Cells without any such line, nearly all of them, need no further look. */
const anyMagic = /^[ \t]*(?:%|!(?![=!])|\?)|\?[ \t]*(?:;[ \t]*)?$/m;

/** The magics of a cell, in order. */
export function findMagics(cell: string): readonly Magic[] {
  if (!anyMagic.test(cell)) return [];
  const whole = /^\s*%%(\w+)/.exec(cell);
  if (whole) return [{ kind: "cell", name: whole[1]!, start: whole[0].indexOf("%"), end: cell.length }];
  const found: Magic[] = [];
  // The cell up to the line at hand, with an empty statement for each magic in it.
  let before = "";
  for (let from = 0; from < cell.length; ) {
    const end = endOfLine(cell, from);
    const magic = magicOf(cell, from, end);
    const isMagic = magic !== undefined && isMeant(magic, before, cell);
    if (isMagic) found.push(magic);
    const next = isMagic ? magic.end : end;
    before += `${isMagic ? ";" : cell.slice(from, end)}${cell.slice(next, next + 1)}`;
    from = next + 1;
  }
  return found;
}

function endOfLine(cell: string, from: number): number {
  const end = cell.indexOf("\n", from);
  return end === -1 ? cell.length : end;
}

/** The magic that a line looks like. */
function magicOf(cell: string, from: number, end: number): Magic | undefined {
  const line = cell.slice(from, end).trimStart();
  const start = end - line.length;
  const help = helpPattern.exec(line);
  if (help) {
    const [, left = "", text = "", right = ""] = help;
    const marks = left + right;
    if (marks !== "" && (left === "" || right === "")) {
      return { kind: "help", text, detail: marks.length === 1 ? 0 : 1, start, end };
    }
  }
  if (/^!(?![=!])[ \t]*\S/.test(line)) {
    const last = endOfContinued(cell, end);
    return { kind: "shell", text: joined(cell.slice(start + 1, last)), start, end: last };
  }
  const cellName = /^%%(\w+)/.exec(line)?.[1];
  if (cellName !== undefined) return { kind: "cell", name: cellName, start, end };
  const command = /^%([A-Za-z_]\w*)[ \t]*(.*)$/.exec(line);
  if (!command) return undefined;
  const [, called = "", text = ""] = command;
  return { kind: /^time(it)?$/.test(called) ? "timing" : "command", name: called, text: text.trimEnd(), start, end };
}

/** A command of the shell goes on in the next line after a backslash. */
function endOfContinued(cell: string, end: number): number {
  let last = end;
  while (cell[last - 1] === "\\" && last < cell.length) last = endOfLine(cell, last + 1);
  return last;
}

function joined(text: string): string {
  return text.replaceAll("\\\n", " ").trim();
}

/** Whether what looks like a magic is one, or part of TypeScript. */
function isMeant(magic: Magic, before: string, cell: string): boolean {
  if (!isStartOfStatement(before)) return false;
  const line = cell.slice(magic.start, magic.end);
  switch (magic.kind) {
    case "shell":
    case "cell":
      return true;
    case "help":
      // `flag?` may go on with `a : b` in the next line.
      return cell.slice(magic.end).trim() === "" || firstError(before + line + cell.slice(magic.end)) !== undefined;
    default:
      // `a` and `%b` in the next line is a remainder, but nobody calls a variable like a magic and writes no space.
      return knownMagics.has(magic.name) || (firstError(before + line) ?? Infinity) < before.length + line.length;
  }
}

/** A label may stand only where a statement begins, so the parser gets past it only there. */
function isStartOfStatement(before: string): boolean {
  const text = `${before}$here:;`;
  return (firstError(text) ?? text.length) >= text.length;
}

/** Where the parser stumbles first, in UTF-16 units. */
function firstError(code: string): number | undefined {
  const [error] = parseCode(code).errors;
  return error && (error.labels[0]?.start ?? 0);
}
