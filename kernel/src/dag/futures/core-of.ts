/**
 * From a future, of whichever copy of this package, to what is known of it.
 * @module
 */
import { isObject } from "../../kinds.js";
import type { FutureCore } from "./future-core.js";

/** Under this symbol a future keeps its core. */
export const coreSymbol = Symbol.for("dagbook.future");

/** The core of a future; undefined for everything else. */
export function coreOf(value: unknown): FutureCore | undefined {
  return isObject(value) && coreSymbol in value ? (value as { [coreSymbol]: FutureCore })[coreSymbol] : undefined;
}
