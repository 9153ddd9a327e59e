import vm from "node:vm";
import { scriptWithImports } from "./import-module.js";
import type { ClosureNode } from "./shipped.js";

type FunctionNode = Extract<ClosureNode, { kind: "function" }>;

/** A compiled function with the variables it captured, which are set afterwards. */
export interface MadeFunction {
  /** the function; a class is evaluated at this call */
  value(): unknown;
  /** gives the captured variables their values */
  set(values: Readonly<Record<string, unknown>>): void;
}

/**
 * Compiles the source of a function between `let` declarations of what it captured, at the lines it had
 * in its cell, so that a stack trace names `cell-3.ts:2`.
 */
export function compileFunction(node: FunctionNode): MadeFunction {
  const names = Object.keys(node.captured);
  const declare = names.length > 0 ? `let ${names.join(", ")};` : "";
  // `arguments` is the one name that cannot be a captured variable, so nothing shadows it.
  const set = names.length > 0 ? `({ ${names.join(", ")} } = arguments[0]);` : "";
  const { open, close } = wrap(node);
  const strict = node.isStrict ? '"use strict";' : "";
  const head = `(function () { ${strict} ${declare} return { set() { ${set} }, value() { return ${open}`;
  const { file = "task.js", line = 0, column = 0 } = node.place ?? {};
  // The head stands on a line of its own above the source, so that the source keeps its columns.
  const code = `${head}\n${" ".repeat(Math.max(0, column))}${node.source}\n${close}; } }; })()`;
  const options = { filename: file || "task.js", lineOffset: line - 1 };
  const made = node.importsDynamically
    ? scriptWithImports(code, options)
    : new vm.Script(code, options).runInThisContext();
  return made as MadeFunction;
}

/** Text around the source that makes it a value: an expression, or a member of an object or class. */
function wrap({ form, key, name }: FunctionNode): { open: string; close: string } {
  // A property gives an anonymous function its name.
  if (form === "expression") return { open: `({ [${JSON.stringify(name)}]:`, close: `})[${JSON.stringify(name)}]` };
  const [open, close] = form === "method" ? ["{", "}"] : ["(class {", "}).prototype"];
  // Read as a descriptor: a getter must not be called.
  const read = "(({ value, get, set }) => value ?? get ?? set)(Object.getOwnPropertyDescriptor(";
  return { open: `${read}${open}`, close: `${close}, ${JSON.stringify(key)}))` };
}
