/**
 * What may be done to a run while it goes, on its way from whoever holds the run to whoever runs it.
 * @module
 */
import type { Run } from "./engine.js";

/** The methods of a run; after its end they do nothing. */
export type RunControl = Required<Pick<Run, "cancel" | "cancelTasks" | "pause" | "resume">>;
