/** @module */
export { boundNames } from "./bound-names.js";
export { createSession, type NotebookSession, type SessionOptions } from "./create-session.js";
export { clearOutput, type DisplayHandle, type DisplayOptions, display } from "./display/display.js";
export type { SessionGlobal } from "./scope/cell-scope.js";
export type { CellOutcome, CellRequest, Completeness, Completion, MimeBundle, Outlet, Session } from "./session.js";
export { log } from "./streams.js";
