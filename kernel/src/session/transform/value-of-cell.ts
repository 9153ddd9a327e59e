import type { Directive, Span, Statement } from "oxc-parser";

/**
 * Expressions that give a cell its value: that of the last statement, also at the ends of the branches
 * of a final block, `if` or `try`. Empty if the cell ends in a declaration or a loop: such a cell shows nothing,
 * although a script would complete with the value of an earlier statement.
 */
export function valueOfCell(body: readonly (Directive | Statement)[]): readonly Span[] {
  const last = body.findLast((statement) => statement.type !== "EmptyStatement");
  return last ? valuesOf(last) : [];
}

function valuesOf(statement: Directive | Statement): readonly Span[] {
  switch (statement.type) {
    case "ExpressionStatement":
      return [statement.expression];
    case "ExportDefaultDeclaration":
      return isNamed(statement.declaration) ? [] : [statement.declaration];
    case "BlockStatement":
      return valueOfCell(statement.body);
    case "IfStatement":
      return [...valuesOf(statement.consequent), ...(statement.alternate ? valuesOf(statement.alternate) : [])];
    case "TryStatement":
      return [...valuesOf(statement.block), ...(statement.handler ? valuesOf(statement.handler.body) : [])];
    default:
      return [];
  }
}

/** `export default function f() {}` declares a name and has no value. */
export function isNamed(declaration: object): boolean {
  return "id" in declaration && declaration.id !== null;
}
