import type { SyntaxNode } from "../../functions/index.js";

const COMPARISONS: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "==", "!=", "===", "!=="]);

/** True if all that a function returns is, by its text, true or false. */
export function returnsBoolean(fn: SyntaxNode): boolean {
  if (fn.body.type !== "BlockStatement") return isBoolean(fn.body);
  const returned = returnedBy(fn.body);
  return returned.length > 0 && returned.every((node) => node !== null && isBoolean(node));
}

function isBoolean(node: SyntaxNode): boolean {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "boolean";
    case "UnaryExpression":
      return node.operator === "!";
    case "BinaryExpression":
      return COMPARISONS.has(node.operator);
    case "LogicalExpression":
      return isBoolean(node.left) && isBoolean(node.right);
    case "ConditionalExpression":
      return isBoolean(node.consequent) && isBoolean(node.alternate);
    default:
      return false;
  }
}

/** What the return statements below a node give, without those of functions inside. */
function returnedBy(node: SyntaxNode): (SyntaxNode | null)[] {
  if (node.type === "ReturnStatement") return [node.argument];
  if (/Function|Class/.test(node.type)) return [];
  return Object.values(node)
    .flat()
    .filter((child): child is SyntaxNode => typeof child === "object" && child !== null && "type" in child)
    .flatMap(returnedBy);
}
