import { commClose, commInfo, commMsg, commOpen } from "./handlers/comms.js";
import { complete } from "./handlers/complete.js";
import { connect } from "./handlers/connect.js";
import { debug } from "./handlers/debug.js";
import { history } from "./handlers/history.js";
import { inspect } from "./handlers/inspect.js";
import { interrupt } from "./handlers/interrupt.js";
import { isComplete } from "./handlers/is-complete.js";
import { kernelInfo } from "./handlers/kernel-info.js";
import { shutdown } from "./handlers/shutdown.js";
import { createSubshell, deleteSubshell, listSubshell } from "./handlers/subshells.js";
import { usage } from "./handlers/usage.js";
import type { Handler } from "./kernel-context.js";

/**
 * All requests but `execute_request`: they are answered at once, also while a cell runs, on the channel on which
 * they came. As in ipykernel, what belongs on shell is answered on control too; and the other way round, so that
 * no client waits in vain.
 */
export const handlers: ReadonlyMap<string, Handler> = new Map([
  ["kernel_info_request", kernelInfo],
  ["connect_request", connect],
  ["interrupt_request", interrupt],
  ["shutdown_request", shutdown],
  ["is_complete_request", isComplete],
  ["complete_request", complete],
  ["inspect_request", inspect],
  ["history_request", history],
  ["comm_open", commOpen],
  ["comm_msg", commMsg],
  ["comm_close", commClose],
  ["comm_info_request", commInfo],
  ["create_subshell_request", createSubshell],
  ["delete_subshell_request", deleteSubshell],
  ["list_subshell_request", listSubshell],
  ["usage_request", usage],
  ["debug_request", debug],
]);
