/**
 * Functions of the calling thread as data, and back in a worker.
 * @module
 */
export { declaredFunction, moduleFunction } from "./module-function.js";
export { moduleOf } from "./module-of.js";
export { plainScope } from "./plain-scope.js";
export { type ReadFunction, readFunction } from "./read-function.js";
export { rebuildFunction } from "./rebuild.js";
export { shipFunction } from "./ship.js";
export type { ClosureFunction, ModuleFunction, SessionScope, ShippedFunction } from "./shipped.js";
export type { SyntaxNode } from "./syntax.js";
export { globalPath } from "./worker-globals.js";
