import type { AwaitExpression, ForOfStatement, Node, Statement, VariableDeclaration } from "oxc-parser";

/** What runs as part of the cell itself, not inside a function that may be called later. */
export interface TopLevel {
  readonly awaits: AwaitExpression[];
  /** `for await` loops */
  readonly asyncLoops: ForOfStatement[];
  /** `var` below a block or a loop: they belong to the cell's scope all the same */
  readonly nestedVars: { readonly declaration: VariableDeclaration; readonly loopHead: boolean }[];
}

/** Searches the statements of a cell, outside of functions. */
export function searchTopLevel(body: readonly (Node | Statement)[]): TopLevel {
  const found: TopLevel = { awaits: [], asyncLoops: [], nestedVars: [] };
  const direct = new Set<unknown>(body);
  for (const statement of body) {
    if ("declaration" in statement && statement.declaration) direct.add(statement.declaration);
  }
  for (const statement of body) visit(statement, undefined, found, direct);
  return found;
}

function visit(node: Node, parent: Node | undefined, found: TopLevel, direct: ReadonlySet<unknown>): void {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "StaticBlock":
      return;
    case "PropertyDefinition":
    case "AccessorProperty":
      // The initializer of a field runs like a method; only a computed name runs with the cell.
      if (node.computed) visit(node.key, node, found, direct);
      return;
    case "AwaitExpression":
      found.awaits.push(node);
      break;
    case "ForOfStatement":
      if (node.await) found.asyncLoops.push(node);
      break;
    case "VariableDeclaration":
      if (node.kind === "var" && !direct.has(node)) {
        const loopHead = parent?.type === "ForOfStatement" || parent?.type === "ForInStatement";
        found.nestedVars.push({ declaration: node, loopHead: loopHead && parent.left === node });
      }
  }
  for (const child of Object.values(node).flat()) if (isNode(child)) visit(child, node, found, direct);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
