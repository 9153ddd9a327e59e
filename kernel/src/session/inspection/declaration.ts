import type { Class, Comment, Expression, Statement, VariableDeclaration } from "oxc-parser";
import { parseCode } from "../code/parse-code.js";
import { readMagics } from "../magics/read-magics.js";
import { patternNames } from "../transform/pattern-names.js";

/** How a name is declared in the text of a cell. */
export interface Declaration {
  /** function or class without its body, variable with its type; empty if that says no more than the name */
  readonly head: string;
  readonly source: string;
  /** text of the comment right above; empty without one */
  readonly comment: string;
}

/** The last declaration of a name among the statements of a cell. */
export function declarationIn(cell: string, name: string): Declaration | undefined {
  const { code } = readMagics(cell);
  const { program, comments } = parseCode(code);
  for (const statement of program.body.toReversed()) {
    const head = headOfStatement(code, statement, name);
    if (head === undefined) continue;
    return {
      head,
      source: code.slice(statement.start, statement.end),
      comment: commentAbove(code, comments, statement.start),
    };
  }
  return undefined;
}

/** True if the name stands in the text, not as a part of another one; much faster than to parse it. */
export function hasWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const isPart = /[\p{ID_Continue}$]$/u.test(text.slice(Math.max(0, at - 2), at));
    if (!isPart && !/^[\p{ID_Continue}$]/u.test(text.slice(at + name.length, at + name.length + 2))) return true;
  }
  return false;
}

/** A function or class without its body, from its source; nothing if there is none to read. */
export function headOf(source: string): string | undefined {
  for (const [open, close] of [["(", ")"] as const, ["({", "})"] as const]) {
    const code = open + source + close;
    const { program, errors } = parseCode(code);
    const [statement] = program.body;
    if (errors.length > 0 || statement?.type !== "ExpressionStatement") continue;
    const head = headOfExpression(code, open.length, unwrapped(statement.expression));
    if (head !== undefined) return head;
  }
  return undefined;
}

function headOfStatement(code: string, statement: Statement, name: string): string | undefined {
  const declaration = "declaration" in statement && statement.declaration ? statement.declaration : statement;
  switch (declaration.type) {
    case "VariableDeclaration":
      return headOfVariable(code, declaration, name);
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      if (declaration.id?.name !== name) return undefined;
      return cut(code, declaration.start, declaration.body?.start ?? declaration.end);
    case "ClassDeclaration":
      return declaration.id?.name === name ? headOfClass(code, declaration.start, declaration) : undefined;
    case "TSEnumDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return declaration.id.name === name ? code.slice(declaration.start, declaration.end) : undefined;
    default:
      return undefined;
  }
}

function headOfVariable(code: string, { kind, declarations }: VariableDeclaration, name: string): string | undefined {
  for (const { id, init, start } of declarations) {
    if (![...patternNames(id)].includes(name)) continue;
    const head = init && headOfExpression(code, start, init);
    if (head !== undefined && head !== null) return `${kind} ${head}`;
    return id.type === "Identifier" && id.typeAnnotation ? `${kind} ${code.slice(start, id.end)}` : "";
  }
  return undefined;
}

/** @param start where the head begins, before the function itself if a name stands there */
function headOfExpression(code: string, start: number, expression: Expression): string | undefined {
  switch (expression.type) {
    case "ArrowFunctionExpression":
      return cut(code, start, expression.body.start);
    case "FunctionExpression":
      return expression.body ? cut(code, start, expression.body.start) : undefined;
    case "ClassExpression":
      return headOfClass(code, start, expression);
    case "ObjectExpression": {
      const [method] = expression.properties;
      return method?.type === "Property" ? headOfExpression(code, method.start, method.value) : undefined;
    }
    default:
      return undefined;
  }
}

function headOfClass(code: string, start: number, { body }: Class): string {
  const head = cut(code, start, body.start);
  for (const member of body.body) {
    if (member.type !== "MethodDefinition" || member.kind !== "constructor" || !member.value.body) continue;
    return `${head}\n  ${cut(code, member.start, member.value.body.start)}`;
  }
  return head;
}

function unwrapped(expression: Expression): Expression {
  return expression.type === "ParenthesizedExpression" ? unwrapped(expression.expression) : expression;
}

function cut(code: string, start: number, end: number): string {
  let last = end;
  while (last > start && /[\s(]/.test(code[last - 1]!)) last -= 1;
  return code.slice(start, last).replace(/=>$/, "").trimEnd();
}

/** A block comment, or all lines of comment without an empty line between. */
function commentAbove(code: string, comments: readonly Comment[], start: number): string {
  const lines: string[] = [];
  let below = start;
  for (const { type, value, start, end } of comments.toReversed()) {
    if (end > below) continue;
    if (!/^[ \t]*\n?[ \t]*$/.test(code.slice(end, below)) || (type === "Block" && lines.length > 0)) break;
    lines.unshift(type === "Block" ? value.replace(/^\*/, "").replace(/^[ \t]*\*? ?/gm, "") : value.trim());
    below = start;
    if (type === "Block") break;
  }
  return lines.join("\n").trim();
}
