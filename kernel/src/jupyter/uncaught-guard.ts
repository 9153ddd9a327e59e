import process from "node:process";
import type { SharedState } from "./shared-state.js";

/**
 * Keeps the mark of a cut from all listeners: V8 may report a termination as an uncaught error whose value
 * crashes the process when it is looked at. Other errors go to the listeners of `uncaughtException` as always.
 */
export function guardUncaught(shared: SharedState): void {
  process.setUncaughtExceptionCaptureCallback((error) => {
    if (!shared.isCutting) process.emit("uncaughtException", error);
  });
}
