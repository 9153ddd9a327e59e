import { commClose, commInfo, commMsg, commOpen } from "./handlers/comms.js";
import { complete } from "./handlers/complete.js";
import { connect } from "./handlers/connect.js";
import { execute } from "./handlers/execute.js";
import { history } from "./handlers/history.js";
import { inspect } from "./handlers/inspect.js";
import { interrupt } from "./handlers/interrupt.js";
import { isComplete } from "./handlers/is-complete.js";
import { kernelInfo } from "./handlers/kernel-info.js";
import { shutdown } from "./handlers/shutdown.js";
import type { Handler } from "./kernel-context.js";

/** Requests that need the main thread: one at a time, in the order they came. */
export const queuedHandlers: ReadonlyMap<string, Handler> = new Map([
  ["execute_request", execute],
  ["is_complete_request", isComplete],
  ["complete_request", complete],
]);

/** Requests that the service thread answers at once, also while a cell runs. */
export const immediateHandlers: ReadonlyMap<string, Handler> = new Map([
  ["kernel_info_request", kernelInfo],
  ["connect_request", connect],
  ["interrupt_request", interrupt],
  ["shutdown_request", shutdown],
  ["comm_open", commOpen],
  ["comm_msg", commMsg],
  ["comm_close", commClose],
  ["comm_info_request", commInfo],
  ["history_request", history],
  ["inspect_request", inspect],
]);
