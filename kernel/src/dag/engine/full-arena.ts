/**
 * Errors of tasks that found the arena full.
 * @module
 */
import { heldText } from "../memory/holders.js";
import type { ErrorData } from "./error-data.js";

/** Bytes in use when the arena was full; undefined for another error. */
export function usedWhenFull({ name, fields: { facts } }: ErrorData): number | undefined {
  if (name !== "MemoryError" || typeof facts !== "object" || facts === null) return undefined;
  return "asked" in facts && "used" in facts && typeof facts.used === "number" ? facts.used : undefined;
}

/** The error with what its worker cannot know: who holds the bytes. Others come back as they are. */
export function namingHolders(error: ErrorData): ErrorData {
  const used = usedWhenFull(error);
  if (used === undefined) return error;
  const message = error.message + heldText(used);
  return { ...error, message, stack: error.stack.replace(error.message, () => message) };
}
