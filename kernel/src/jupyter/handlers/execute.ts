import type { CellOutcome } from "../../session/session.js";
import { flag, text } from "../fields.js";
import type { Handler } from "../kernel-context.js";
import type { Content } from "../wire/message.js";

/**
 * Runs a cell. Its output was published when its outcome comes, so result and error follow it.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#execute
 */
export const execute: Handler = async (request, kernel) => {
  const code = text(request, "code");
  const silent = flag(request, "silent", false);
  const cell = request.header.msg_id;
  const count = kernel.nextCount(!silent && flag(request, "store_history", true));
  kernel.requests.remember(request.header, silent);
  kernel.iopub.publish("execute_input", { code, execution_count: count }, cell);

  const outcome = await kernel.main.execute({ cell, code, count });
  await kernel.settled(cell);
  if (outcome.status === "error") {
    if (flag(request, "stop_on_error", true)) await kernel.abortQueued("a cell before it failed");
    const { ename, evalue, traceback } = outcome;
    kernel.iopub.publish("error", { ename, evalue, traceback }, cell);
  } else if (outcome.result !== undefined) {
    kernel.iopub.publish("execute_result", { execution_count: count, data: outcome.result, metadata: {} }, cell);
  }
  return replyTo(outcome, count);
};

function replyTo(outcome: CellOutcome, count: number): Content {
  const common = { execution_count: count, user_expressions: {}, payload: [] };
  if (outcome.status === "ok") return { status: "ok", ...common };
  const { ename, evalue, traceback } = outcome;
  return { status: "error", ename, evalue, traceback, ...common };
}
