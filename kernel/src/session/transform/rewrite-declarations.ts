import type { Class, Function as FunctionNode, VariableDeclaration } from "oxc-parser";
import { type CellEdit, surround } from "./cell-edit.js";
import { patternNames } from "./pattern-names.js";

/**
 * Makes `let` and `const` names of the global object that a later cell may declare again: `var` in a plain
 * script, assignments inside the async function.
 */
export function rewriteVariables(declaration: VariableDeclaration, edit: CellEdit): void {
  resetEnum(declaration, edit);
  nameDelayed(declaration, edit);
  addNames(declaration, edit);
  if (edit.isAsync) toAssignments(declaration, edit);
  else if (declaration.kind !== "var") toVar(declaration, edit);
}

function toVar(declaration: VariableDeclaration, edit: CellEdit): void {
  edit.text.overwrite(declaration.start, declaration.start + declaration.kind.length, "var");
  for (const declarator of declaration.declarations) {
    // `var x` would keep the value of an earlier cell.
    if (!declarator.init) edit.text.appendLeft(declarator.end, "=void 0");
  }
}

/** `var` inside a block or loop of an async cell. */
export function rewriteNestedVar(declaration: VariableDeclaration, loopHead: boolean, edit: CellEdit): void {
  addNames(declaration, edit);
  if (loopHead) edit.text.remove(declaration.start, declaration.declarations[0].start);
  else toAssignments(declaration, edit);
}

/** Makes a class a name of the global object that a later cell may declare again. */
export function rewriteClass(declaration: Class, edit: CellEdit): void {
  if (!declaration.id) return;
  const { name } = declaration.id;
  edit.names.add(name);
  surround(edit.text, declaration, edit.isAsync ? `${name}=` : `var ${name}=`, ";");
}

/** Moves a function of an async cell to script level: it is global there, and calls find the latest of its name. */
export function rewriteFunction(declaration: FunctionNode, edit: CellEdit): void {
  if (!declaration.id) return;
  edit.names.add(declaration.id.name);
  if (edit.isAsync) edit.text.move(declaration.start, declaration.end, edit.functionsAt);
}

function addNames(declaration: VariableDeclaration, edit: CellEdit): void {
  for (const { id } of declaration.declarations) for (const name of patternNames(id)) edit.names.add(name);
}

function toAssignments(declaration: VariableDeclaration, edit: CellEdit): void {
  const { text } = edit;
  text.remove(declaration.start, declaration.declarations[0].start);
  for (const declarator of declaration.declarations) {
    if (declarator.init) {
      surround(text, declarator, "(", ")");
    } else {
      const name = declaration.kind !== "var" && declarator.id.type === "Identifier" ? `${declarator.id.name}=` : "";
      text.overwrite(declarator.start, declarator.end, `(${name}void 0)`);
    }
  }
}

/** An enum declared again starts empty: its code is `var E = function (E) {…}(E || {})`. */
function resetEnum(declaration: VariableDeclaration, edit: CellEdit): void {
  for (const { id, init } of declaration.declarations) {
    if (id.type !== "Identifier" || init?.type !== "CallExpression") continue;
    const [merged] = init.arguments;
    const isEnum =
      init.callee.type === "FunctionExpression" &&
      merged?.type === "LogicalExpression" &&
      merged.left.type === "Identifier" &&
      merged.left.name === id.name;
    // A second `enum E` of the same cell adds members.
    if (isEnum && !edit.names.has(id.name)) edit.text.overwrite(merged.left.start, merged.left.end, "null");
  }
}

/** `const inc = delayed((x) => x + 1)`: the function takes the name of the variable, as a bare one would. */
function nameDelayed(declaration: VariableDeclaration, edit: CellEdit): void {
  for (const { id, init } of declaration.declarations) {
    if (id.type !== "Identifier" || init?.type !== "CallExpression") continue;
    const [fn] = init.arguments;
    const isDelayed = init.callee.type === "Identifier" && init.callee.name === "delayed";
    const isAnonymous = fn?.type === "ArrowFunctionExpression" || (fn?.type === "FunctionExpression" && fn.id === null);
    // A property gives its name to an anonymous function and leaves its text as it is.
    if (isDelayed && isAnonymous) surround(edit.text, fn, `({["${id.name}"]:`, `})["${id.name}"]`);
  }
}
