import MagicString from "magic-string";
import {
  type ExportDefaultDeclaration,
  type ExportNamedDeclaration,
  type ParseResult,
  type Program,
  parseSync,
} from "oxc-parser";
import { CELL_AWAIT, CELL_RUNTIME, type CellEdit, type ImportBinding, surround } from "./cell-edit.js";
import { rewriteClass, rewriteFunction, rewriteNestedVar, rewriteVariables } from "./rewrite-declarations.js";
import { rewriteDynamicImport, rewriteImport, rewriteReexport } from "./rewrite-imports.js";
import { searchTopLevel, type TopLevel } from "./top-level.js";
import { isNamed, valueOfCell } from "./value-of-cell.js";

/** Script text of a cell and what it does to the global object. */
export interface RewrittenCell {
  readonly text: MagicString;
  /** the script gives, instead of the value, an async function of `[value]` or `undefined`; see `CELL_AWAIT` */
  readonly isAsync: boolean;
  readonly names: ReadonlySet<string>;
  readonly imports: readonly ImportBinding[];
}

// Three anchors in front of the first statement: functions, the async wrapper, imports.
const ANCHORS = "\n\n\n";
/** Lines that a rewritten cell has in front of the JavaScript it was made from. */
export const ANCHOR_LINES = ANCHORS.length;

/**
 * Rewrites the JavaScript of a cell so that its top-level names become properties of the global object.
 * They stay native V8 globals: a loop over them runs at full speed and every closure sees the latest value.
 * @param count number of the cell, for `import.meta`
 */
export function rewriteCell(javascript: string, count: number): RewrittenCell {
  const code = ANCHORS + javascript;
  const parsed = parseSync("cell.js", code, { lang: "js", sourceType: "module" });
  const { body } = parsed.program;
  const found = searchTopLevel(body);
  const edit: CellEdit = {
    text: new MagicString(code),
    isAsync:
      found.awaits.length + found.asyncLoops.length > 0 ||
      body.some((statement) => statement.type === "ImportDeclaration" || isReexport(statement)),
    names: new Set(),
    imports: [],
    functionsAt: 0,
    importsAt: 2,
    count,
    values: new Set(valueOfCell(body)),
  };
  rewriteModuleSyntax(parsed, edit);
  rewriteAwaits(found, edit);
  markValue(edit);
  for (const statement of body) rewriteStatement(statement, edit);
  if (edit.isAsync) {
    for (const { declaration, loopHead } of found.nestedVars) rewriteNestedVar(declaration, loopHead, edit);
    wrap(edit);
  }
  // `void 0` keeps the directive from being the value of a cell that has none.
  edit.text.prepend('"use strict";void 0;');
  return edit;
}

type Item = Program["body"][number];
type Declared = NonNullable<ExportNamedDeclaration["declaration"]> | ExportDefaultDeclaration["declaration"];

function isReexport(statement: Item): boolean {
  return "source" in statement && statement.source !== null;
}

function rewriteStatement(statement: Item, edit: CellEdit): void {
  const declaration = withoutExport(statement, edit);
  switch (declaration?.type) {
    case "ImportDeclaration":
      rewriteImport(declaration, edit);
      break;
    case "VariableDeclaration":
      rewriteVariables(declaration, edit);
      break;
    case "ClassDeclaration":
      rewriteClass(declaration, edit);
      break;
    case "FunctionDeclaration":
      rewriteFunction(declaration, edit);
  }
}

/** A cell has nobody to export to: what remains is the declaration, if there is one. */
function withoutExport(statement: Item, edit: CellEdit): Item | Declared | undefined {
  switch (statement.type) {
    case "ExportAllDeclaration":
      rewriteReexport(statement, edit);
      return undefined;
    case "ExportNamedDeclaration":
      if (statement.declaration) edit.text.remove(statement.start, statement.declaration.start);
      else rewriteReexport(statement, edit);
      return statement.declaration ?? undefined;
    case "ExportDefaultDeclaration": {
      const { declaration } = statement;
      edit.text.remove(statement.start, declaration.start);
      if (isNamed(declaration)) return declaration;
      // The value of an async cell is marked already.
      if (!(edit.isAsync && edit.values.has(declaration))) surround(edit.text, declaration, "(", ");");
      return undefined;
    }
    default:
      return statement;
  }
}

function rewriteModuleSyntax(parsed: ParseResult, edit: CellEdit): void {
  for (const { start, end } of parsed.module.importMetas) {
    edit.text.overwrite(start, end, `${CELL_RUNTIME}.meta(${edit.count})`);
  }
  for (const expression of parsed.module.dynamicImports) rewriteDynamicImport(expression, edit);
}

/** What a function of the cell awaits stays as it is: only the cell itself ends by an interrupt. */
function rewriteAwaits({ awaits, asyncLoops }: TopLevel, edit: CellEdit): void {
  for (const { argument } of awaits) surround(edit.text, argument, `${CELL_AWAIT}(`, ")");
  for (const { right } of asyncLoops) surround(edit.text, right, `${CELL_AWAIT}.each(`, ")");
}

function markValue(edit: CellEdit): void {
  if (!edit.isAsync) {
    if (edit.values.size === 0) edit.text.append("\nvoid 0;");
    return;
  }
  for (const expression of edit.values) {
    // In a list, because a promise returned from an async function would be awaited; `a, b` is one value of it.
    surround(edit.text, expression, "return [(", ")]");
  }
}

function wrap(edit: CellEdit): void {
  const { text, names } = edit;
  text.appendLeft(1, `(async(${CELL_AWAIT})=>{`);
  text.append("\n})");
  if (names.size > 0) text.prepend(`var ${[...names].join(",")};`);
}
