/**
 * Which functions travel as an import.
 * @module
 */
import { loadedModules } from "./loaded-modules.js";
import { declaredModule } from "./module-function.js";
import type { ModuleExport, SessionScope } from "./shipped.js";
import { globalPath } from "./worker-globals.js";

/** The export that a worker would import in place of `fn`; undefined if `fn` would travel as its source. */
export function moduleOf(fn: (...args: never[]) => unknown, scope: SessionScope): ModuleExport | undefined {
  if (globalPath(fn) !== undefined) return undefined;
  const origin = declaredModule(fn) ?? scope.moduleOf(fn) ?? loadedModules().get(fn);
  return origin?.export === undefined ? undefined : origin;
}
