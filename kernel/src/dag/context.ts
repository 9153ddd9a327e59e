/**
 * Who runs graphs in this process, and what a kernel adds to a plain script: the notebook's names, the
 * running cell, the picture of a graph. A script needs none of it: the defaults run on threads.
 * @module
 */
import { threadGlobal } from "../thread-global.js";
import type { Engine } from "./engine/engine.js";
import type { RunStarted } from "./engine/events.js";
import type { SessionScope } from "./functions/shipped.js";

/** MIME type to content: JSON for `+json` types, base64 for images, text otherwise. */
export type MimeBundle = Readonly<Record<string, unknown>>;
/** Draws a graph that has not run. */
export type GraphDisplay = (started: RunStarted) => MimeBundle;

interface Slots {
  engine: Engine | Promise<Engine> | undefined;
  scope: SessionScope | undefined;
  cell: () => string | undefined;
  display: GraphDisplay | undefined;
}

const slots = threadGlobal<Slots>("context", () => ({
  engine: undefined,
  scope: undefined,
  cell: () => undefined,
  display: undefined,
}));

/** Reads what is set; `engine()` starts worker threads at its first call if nothing was set. */
export const context = {
  engine(): Engine | Promise<Engine> {
    slots.engine ??= import("./engine/thread-engine.js").then(({ ThreadEngine }) => new ThreadEngine());
    return slots.engine;
  },
  scope: (): SessionScope | undefined => slots.scope,
  cell: (): string | undefined => slots.cell(),
  graphDisplay: (): GraphDisplay | undefined => slots.display,
};

/** Makes `engine` run everything that names no engine; undefined brings the default back. */
export function useEngine(engine: Engine | undefined): void {
  slots.engine = engine;
}

/** Sets what shipping functions knows of the notebook. */
export function useScope(scope: SessionScope): void {
  slots.scope = scope;
}

/** Sets how a run learns which cell started it. */
export function useCell(cell: () => string | undefined): void {
  slots.cell = cell;
}

/** Sets how `visualize` draws; without one a graph shows as text. */
export function useGraphDisplay(display: GraphDisplay): void {
  slots.display = display;
}
