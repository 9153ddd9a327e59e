import type { Directive, Expression, Statement } from "oxc-parser";

/**
 * Expressions that give a cell its value: that of the last statement, also at the ends of the branches
 * of a final block, `if` or `try`. Empty if the cell ends in a declaration or a loop: such a cell shows nothing,
 * although a script would complete with the value of an earlier statement.
 */
export function valueOfCell(body: readonly (Directive | Statement)[]): readonly Expression[] {
  const last = body.findLast((statement) => statement.type !== "EmptyStatement");
  return last ? valuesOf(last) : [];
}

function valuesOf(statement: Directive | Statement): readonly Expression[] {
  switch (statement.type) {
    case "ExpressionStatement":
      return [statement.expression];
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
