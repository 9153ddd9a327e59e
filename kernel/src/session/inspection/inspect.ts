import { types } from "node:util";
import { clipped } from "../../clipped.js";
import { functionSymbol } from "../../dag/collection.js";
import { withoutProxy } from "../../dag/lazy-proxy.js";
import { offsetOf } from "../code/code-points.js";
import { identifier } from "../code/name-patterns.js";
import type { Path } from "../code/path-before.js";
import type { Inspection } from "../session.js";
import { type Declaration, declarationIn, hasWord, headOf } from "./declaration.js";
import { inspectedAt } from "./inspected-at.js";
import { kindOf } from "./kind-of.js";
import { type PreviewLimits, preview } from "./preview.js";
import { type Found, propertyOf, valueAt } from "./quiet-read.js";

/** More than that is read in the cell itself. */
const MAX_SOURCE = 20_000;
const MAX_HEAD = 2000;
/** Characters of cells that are parsed for a declaration: 0.1 s. */
const MAX_SEARCHED = 200_000;
const MUCH: PreviewLimits = { items: [100, 30, 10], text: 5000, length: 20_000 };

/** What is said of a value, one below the other. */
interface Part {
  readonly text: string;
  /** language of a block of code; without one it is prose in Markdown */
  readonly language?: string;
}

/**
 * What the name at the cursor stands for: its kind, the head of a function and the comment above it, its content.
 * Nothing of the user's runs for it; what only a getter, a proxy or a call could tell stays unknown.
 * @param cursorPos in Unicode code points
 * @param detail 1: also the source of a function, more of any other value
 * @param cells text of the cells that ran, newest first, where declarations are looked up
 */
export function inspect(code: string, cursorPos: number, detail: number, cells: Iterable<string> = []): Inspection {
  const path = inspectedAt(code, cursorPos)?.path;
  if (path === undefined) return { found: false };
  const found = valueAt(path);
  const declaration =
    path.length === 1 ? declarationOf(path[0]!, code, code.slice(0, offsetOf(code, cursorPos)), cells) : undefined;
  if (found === undefined && declaration === undefined) return { found: false };
  const kind = found === undefined ? "declared in this cell, which has not run" : kindOfFound(found.value);
  const parts = [...explained(found, declaration, detail)];
  const data = { "text/plain": asText(path, kind, parts), "text/markdown": asMarkdown(path, kind, parts) };
  return { found: true, data, metadata: {} };
}

function declarationOf(name: string, code: string, before: string, cells: Iterable<string>): Declaration | undefined {
  let searched = 0;
  // What is being typed, in the line of the cursor, mostly does not parse.
  for (const cell of [code, before.slice(0, before.lastIndexOf("\n") + 1), ...cells]) {
    if (!hasWord(cell, name)) continue;
    searched += cell.length;
    if (searched > MAX_SEARCHED) break;
    const declaration = declarationIn(cell, name);
    if (declaration !== undefined) return declaration;
  }
  return undefined;
}

function* explained(found: Found | undefined, declaration: Declaration | undefined, detail: number): Generator<Part> {
  const isFunction = found !== undefined && typeof withoutProxy(found.value) === "function";
  const source = isFunction ? sourceOf(found.value) : undefined;
  const head = declaration?.head || (source === undefined ? undefined : shortOf(source));
  if (head !== undefined) yield { text: clipped(head, MAX_HEAD), language: "ts" };
  if (declaration !== undefined && declaration.comment !== "") yield { text: declaration.comment };
  if (found !== undefined && !isFunction) {
    yield { text: preview(found.value, detail === 1 ? MUCH : undefined), language: "text" };
  }
  const all = declaration?.head ? declaration.source : source;
  if (detail === 1 && all !== undefined) yield { text: clipped(all, MAX_SOURCE), language: "ts" };
}

function kindOfFound(value: unknown): string {
  return typeof value === "function" && taskFunction(value) !== undefined ? "delayed function" : kindOf(value);
}

/** The function behind one that makes tasks. */
function taskFunction(fn: object): object | undefined {
  const inner = propertyOf(fn, functionSymbol)?.value;
  return typeof inner === "function" ? inner : undefined;
}

function sourceOf(fn: unknown): string | undefined {
  const read = taskFunction(Object(fn)) ?? Object(fn);
  return types.isProxy(read) ? undefined : Reflect.apply(Function.prototype.toString, read, []);
}

function shortOf(source: string): string | undefined {
  const isNative = source.endsWith("{ [native code] }");
  return isNative ? source : source.length > MAX_SOURCE ? undefined : headOf(source);
}

function asText(path: Path, kind: string, parts: readonly Part[]): string {
  return [`${pathText(path)}: ${kind}`, ...parts.map(({ text }) => text)].join("\n\n");
}

function asMarkdown(path: Path, kind: string, parts: readonly Part[]): string {
  const blocks = parts.map(({ text, language }) => {
    // A tag of a comment begins a paragraph.
    if (language === undefined) return text.replace(/\n(?=@\w)/g, "\n\n");
    const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
    const fence = "`".repeat(longest + 1);
    return `${fence}${language}\n${text}\n${fence}`;
  });
  return [`**${pathText(path).replace(/[\\`*_[\]<>]/g, "\\$&")}**: ${kind}`, ...blocks].join("\n\n");
}

function pathText([first, ...rest]: Path): string {
  return (
    first +
    rest
      .map((key) => (identifier.test(key) ? `.${key}` : `[${/^\d+$/.test(key) ? key : JSON.stringify(key)}]`))
      .join("")
  );
}
