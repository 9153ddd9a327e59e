/**
 * Who runs graphs in this process, and what a kernel adds to a plain script: the notebook's names, the
 * running cell, the picture of a graph. A script needs none of it: the defaults run on threads.
 * @module
 */
import { threadGlobal } from "../thread-global.js";
import type { Engine } from "./engine/engine.js";
import type { Observer } from "./engine/engine-host.js";
import type { RunStarted } from "./engine/events.js";
import { isInsideTask } from "./engine/task-context.js";
import type { SessionScope } from "./functions/shipped.js";

/** MIME type to content: JSON for `+json` types, base64 for images, text otherwise. */
export type MimeBundle = Readonly<Record<string, unknown>>;
/** Draws a graph that has not run. */
export type GraphDisplay = (started: RunStarted) => MimeBundle;

/**
 * The engines that have a name: workers of the engine of this process, as threads or as processes of their own, or
 * the thread of the caller.
 */
export const ENGINE_NAMES = ["threads", "processes", "sync"] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

interface Slots {
  engine: Engine | Promise<Engine> | undefined;
  scope: SessionScope | undefined;
  cell: () => string | undefined;
  display: GraphDisplay | undefined;
  sync: Promise<Engine> | undefined;
  observer: Observer | undefined;
}

const slots = threadGlobal<Slots>("context", () => ({
  engine: undefined,
  scope: undefined,
  cell: () => undefined,
  display: undefined,
  sync: undefined,
  observer: undefined,
}));

/** Reads what is set; `engine()` starts worker threads at its first call if nothing was set. */
export const context = {
  /**
   * The engine of that name; without one the engine of this process. In a task it is always that of its own thread:
   * the worker is its own already, and a pool of its own would take the cores of the others.
   */
  engine(name?: EngineName): Engine | Promise<Engine> {
    if (name === "sync" || isInsideTask()) {
      const observe: Observer = (run, request) => slots.observer?.(run, request);
      slots.sync ??= import("./engine/sync-engine.js").then(({ SyncEngine }) => new SyncEngine(observe));
      return slots.sync;
    }
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

/** Sets who sees the runs of the sync engine; those of others are seen where they run. */
export function useObserver(observer: Observer): void {
  slots.observer = observer;
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
