import { Buffer } from "node:buffer";
import { firstJsx } from "../../dag/functions/first-jsx.js";
import { positionIn } from "../code/code-points.js";
import { parseCode } from "../code/parse-code.js";

const JSX_OFF =
  "JSX is off: a cell has no compiler for it. Build a string and show it with display.html, or import a file that a build made of it";
const RETURN_HELP = "a cell is no function; its value is that of its last line";

/** Why a cell cannot be run, with the place in the user's TypeScript. */
export interface SyntaxProblem {
  readonly message: string;
  /** from 1 */
  readonly line: number;
  /** from 1, in UTF-16 units */
  readonly column: number;
}

/** An error of oxc-transform; its places are counted in UTF-8 bytes. */
interface TransformError {
  readonly message: string;
  readonly helpMessage: string | null;
  readonly labels: readonly { readonly start: number }[];
}

/** The first error of the compiler in words for the user. */
export function syntaxProblem(source: string, errors: readonly TransformError[]): SyntaxProblem {
  const jsx = onlyJsx(source);
  if (jsx !== undefined) return { message: JSX_OFF, ...positionIn(source, jsx) };
  const [error] = errors;
  const start = error?.labels.at(-1)?.start ?? 0;
  const message = error?.message.replace(/[.]$/, "") ?? "the cell cannot be parsed";
  const help = message.startsWith("A 'return' statement") ? RETURN_HELP : error?.helpMessage;
  return {
    message: help ? `${message}: ${help}` : message,
    ...positionIn(source, Buffer.from(source).subarray(0, start).toString().length),
  };
}

/** Where JSX begins, if the code is right but for that. */
function onlyJsx(source: string): number | undefined {
  const { program, errors } = parseCode(source, "tsx");
  return errors.length > 0 ? undefined : firstJsx(program);
}
