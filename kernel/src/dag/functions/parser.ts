/**
 * acorn and eslint-scope, loaded when the first function is shipped: at the start of a kernel, which needs
 * neither, they took a sixth of the time.
 * @module
 */
import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/** The parser of JavaScript. */
export function acorn(): typeof import("acorn") {
  return load("acorn");
}

/** The search for the variables of a program. */
export function eslintScope(): typeof import("eslint-scope") {
  return load("eslint-scope");
}
