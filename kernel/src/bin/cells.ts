import type { MessagePort } from "node:worker_threads";
import { useCell, useEngine, useGraphDisplay, useObserver, useScope } from "../dag/context.js";
import { RemoteEngine } from "../dag/engine/remote-engine.js";
import { Arena, type ArenaHandle, useArena } from "../dag/memory/arena.js";
import { bundleOfGraph } from "../dashboard/bundle-of-graph.js";
import * as library from "../index.js";
import { CellRunner, outletTo } from "../jupyter/cell-runner.js";
import { exposeCutHooks } from "../jupyter/cut-hooks.js";
import type { NativeOutput } from "../jupyter/native-output.js";
import type { SharedState } from "../jupyter/shared-state.js";
import { guardUncaught } from "../jupyter/uncaught-guard.js";
import { boundNames, createSession, type SessionGlobal } from "../session/index.js";
import { afterImport } from "../session/scope/after-import.js";
import { showLoadedInCells } from "../tslab/show-in-cells.js";

/** What the thread of the cells is connected to. */
export interface CellsOptions {
  /** to the `MainLink` of the service thread */
  readonly cells: MessagePort;
  /** to the `EngineHost` of the service thread */
  readonly engine: MessagePort;
  readonly shared: SharedState;
  /** undefined: what is written past Node's streams does not reach cells */
  readonly native: NativeOutput | undefined;
}

/**
 * Makes this thread run cells, with graphs on the engine of the service thread.
 * @returns the shared memory of arrays, which the service thread needs
 */
export function startCells({ cells, engine, shared, native }: CellsOptions): ArenaHandle {
  // Before the session, which takes what comes later for names of cells.
  exposeCutHooks();
  const arena = Arena.create();
  useArena(arena);
  const session = createSession({
    outlet: outletTo(cells, shared, native),
    folder: process.cwd(),
    globals: cellGlobals(),
  });
  const remote = new RemoteEngine(engine);
  useEngine(remote);
  useObserver((run, request) => void remote.show(run, request));
  useScope(session.scope);
  useCell(() => session.currentCell());
  useGraphDisplay(bundleOfGraph);
  afterImport(showLoadedInCells);
  guardUncaught(shared);
  new CellRunner(cells, session, shared, native).start();
  return arena.handle;
}

/** What every cell has without an import. */
function cellGlobals(): Readonly<Record<string, SessionGlobal>> {
  const values = { ...library };
  const origin = (name: string) => ({ specifier: "dagbook", export: name });
  return Object.fromEntries(boundNames.map((name) => [name, { value: values[name], ...origin(name) }]));
}
