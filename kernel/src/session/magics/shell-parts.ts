import { parseCode } from "../code/parse-code.js";

/** A command as its texts and, in braces between them, expressions. */
export type ShellPart = string | { readonly expression: string };

/**
 * Splits a command at `{expression}`, as IPython does: `{{` and `}}` are braces, and braces that the shell
 * itself uses (`${HOME}`, `{a,b}`, `{ print $1 }`) stay as they are.
 * @example shellParts("ls {folder}/*.ts") // ["ls ", { expression: "folder" }, "/*.ts"]
 */
export function shellParts(command: string): readonly ShellPart[] {
  const parts: ShellPart[] = [];
  let text = "";
  for (let at = 0; at < command.length; ) {
    const expression = command[at - 1] === "$" ? undefined : expressionAt(command, at);
    const pair = command.slice(at, at + 2);
    if (expression !== undefined) {
      parts.push(text, { expression });
      text = "";
      at += expression.length + 2;
    } else if (pair === "{{" || pair === "}}") {
      text += pair[0];
      at += 2;
    } else {
      text += command[at];
      at += 1;
    }
  }
  return [...parts, text].filter((part) => part !== "");
}

/** What the braces hold that open here, if it is one expression. */
function expressionAt(command: string, at: number): string | undefined {
  if (command[at] !== "{" || !/[\p{ID_Start}$_]/u.test(command[at + 1] ?? "")) return undefined;
  for (let end = command.indexOf("}", at); end !== -1; end = command.indexOf("}", end + 1)) {
    const inside = command.slice(at + 1, end);
    if (isExpression(inside)) return inside;
  }
  return undefined;
}

function isExpression(text: string): boolean {
  // In an index an expression may stand, a list with commas too, which `{a,b}` of the shell looks like.
  const { program, errors } = parseCode(`(x[${text}])`);
  const [statement] = program.body;
  if (errors.length > 0 || statement?.type !== "ExpressionStatement") return false;
  const { expression } = statement;
  const member = expression.type === "ParenthesizedExpression" ? expression.expression : expression;
  return member.type === "MemberExpression" && member.computed && member.property.type !== "SequenceExpression";
}
