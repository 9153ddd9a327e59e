import { parseSync } from "oxc-parser";

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
  const [error] = errors;
  const label = error?.labels.at(-1);
  const before = Buffer.from(source)
    .subarray(0, label?.start ?? 0)
    .toString();
  const line = before.split("\n").length;
  const column = before.length - before.lastIndexOf("\n");
  const message = usesJsx(source)
    ? "JSX is not supported in a cell: build a string instead and show it with display.html"
    : [error?.message ?? "the cell cannot be parsed", error?.helpMessage].filter(Boolean).join(": ");
  return { message, line, column };
}

function usesJsx(source: string): boolean {
  const parses = (lang: "ts" | "tsx") => parseSync("cell", source, { lang, sourceType: "module" }).errors.length === 0;
  return !parses("ts") && parses("tsx");
}
