import { createRequire } from "node:module";
import type { Program, Span } from "oxc-parser";

const load = createRequire(import.meta.url);

/** Where JSX begins in a program, in UTF-16 units; nothing if it has none. */
export function firstJsx(program: Program): number | undefined {
  // Loaded late: a worker that imports no file of the user needs no parser.
  const { Visitor }: typeof import("oxc-parser") = load("oxc-parser");
  let first: number | undefined;
  const found = ({ start }: Span) => {
    first ??= start;
  };
  new Visitor({ JSXElement: found, JSXFragment: found }).visit(program);
  return first;
}
