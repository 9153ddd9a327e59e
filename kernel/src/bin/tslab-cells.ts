import type { MessagePort } from "node:worker_threads";
import { CellRunner, outletTo } from "../jupyter/cell-runner.js";
import { exposeCutHooks } from "../jupyter/cut-hooks.js";
import type { NativeOutput } from "../jupyter/native-output.js";
import type { SharedState } from "../jupyter/shared-state.js";
import { guardUncaught } from "../jupyter/uncaught-guard.js";
import { createTslabSession } from "../tslab/create-tslab-session.js";

/** Makes this thread run cells in tslab's engine. It knows no graphs of dagbook, so there is no memory to share. */
export function startTslabCells(options: {
  /** to the `MainLink` of the service thread */
  readonly cells: MessagePort;
  readonly shared: SharedState;
  /** undefined: what is written past Node's streams does not reach cells */
  readonly native: NativeOutput | undefined;
  readonly isJavaScript: boolean;
}): void {
  const { cells, shared, native, isJavaScript } = options;
  const uncut = <T>(work: () => T): T => {
    shared.enterKernelCode();
    try {
      return work();
    } finally {
      shared.leaveKernelCode();
    }
  };
  const session = createTslabSession({
    outlet: outletTo(cells, shared, native),
    folder: process.cwd(),
    isJavaScript,
    uncut,
  });
  exposeCutHooks();
  guardUncaught(shared);
  new CellRunner(cells, session, shared, native).start();
}
