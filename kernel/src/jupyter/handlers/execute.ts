import { setImmediate as turn } from "node:timers/promises";
import { InputError, MessageError } from "../../errors.js";
import { interrupted } from "../../session/errors/interrupted.js";
import type { CellOutcome } from "../../session/session.js";
import { diagnosticsBundle } from "../../session/types/diagnostics-bundle.js";
import { diagnosticsOutcome } from "../../session/types/diagnostics-outcome.js";
import type { CellDiagnostic } from "../../session/types/type-checker.js";
import { flag, object, shown, text } from "../fields.js";
import type { KernelContext } from "../kernel-context.js";
import { subshellOf } from "../subshells.js";
import { unlessAborted } from "../unless-aborted.js";
import type { Content, Message } from "../wire/message.js";
import { payloadsOf } from "./payloads.js";
import { userExpressions } from "./user-expressions.js";

/**
 * Runs a cell. Its output was published when its outcome comes, so result and error follow it; the reply leaves
 * then, and what is still being drawn is published before the cell is idle.
 * @returns done when everything that the cell shows is published
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#execute
 */
export async function execute(
  request: Message,
  kernel: KernelContext,
  reply: (content: Content) => void,
): Promise<void> {
  const code = text(request, "code");
  const silent = flag(request, "silent", false);
  const isStored = !silent && flag(request, "store_history", true);
  const asked = object(request, "user_expressions");
  const cell = request.header.msg_id;
  if (kernel.cells.of(cell) !== undefined) throw twice(cell);
  const count = kernel.nextCount(isStored);
  kernel.requests.remember(request.header, silent);
  kernel.cells.start(request);
  kernel.iopub.publish("execute_input", { code, execution_count: count }, cell);
  if (isStored) kernel.history.add(count, code);

  const first = kernel.types.mode === "strict" ? kernel.types.check(count, code) : undefined;
  const refused = first && (await refusal(first, { count, code }, kernel));
  const running = refused ? Promise.resolve(refused) : kernel.main.execute({ cell, code, count });
  const check = first ?? kernel.types.checkBeside(running, count, code);
  const outcome = await running;
  // Runs of the cell's own thread tell what they do before the cell tells its end, but through another port.
  await turn();
  if (outcome.status === "error") {
    const { ename, evalue, traceback } = outcome;
    if (!silent && flag(request, "stop_on_error", true)) {
      await kernel.abortQueued("a cell before it failed", subshellOf(request.header));
    }
    kernel.iopub.publish("error", { ename, evalue, traceback }, cell);
  } else if (outcome.result !== undefined) {
    kernel.iopub.publish("execute_result", { execution_count: count, data: outcome.result, metadata: {} }, cell);
    if (isStored) kernel.history.setOutput(count, String(outcome.result["text/plain"] ?? ""));
  }
  const expressions = outcome.status === "ok" ? await userExpressions(cell, asked, kernel) : {};
  kernel.inputs.cancel(cell, new InputError("The cell that asked has ended: await the answer before its end"));
  // A client expects the end of a cell soon after its reply; jupyter_kernel_test waits no longer than 100 ms.
  if (kernel.types.isCold) await kernel.types.foundSoon(check);
  reply({
    ...replyTo(outcome),
    execution_count: count,
    user_expressions: expressions,
    payload: await payloadsOf(cell, kernel),
  });
  await Promise.all([kernel.settled(cell), showFound(check, { cell, count, code }, kernel)]);
}

/** Output and the end of a cell are told by its id: of two that run at once one would never end. */
function twice(cell: string): MessageError {
  return new MessageError(`A cell with the msg_id ${shown(cell)} runs: the client must give every request its own`);
}

/** With `%types strict` a cell that has errors does not run, nor one that is interrupted before they are known. */
async function refusal(
  check: Promise<readonly CellDiagnostic[]>,
  cell: { readonly count: number; readonly code: string },
  { types, interruptSignal }: KernelContext,
): Promise<CellOutcome | undefined> {
  const found = await unlessAborted(check, interruptSignal);
  const errors = found?.filter(({ severity }) => severity === "error");
  if (errors?.length === 0) return undefined;
  types.drop(cell.count);
  return errors === undefined ? interrupted : diagnosticsOutcome(cell, errors);
}

/** With `%types warn`, the default, a cell runs and what was found stands below its output. */
async function showFound(
  check: Promise<readonly CellDiagnostic[]>,
  { cell, ...written }: { readonly cell: string; readonly count: number; readonly code: string },
  { types, iopub }: KernelContext,
): Promise<void> {
  const found = await types.foundSoon(check);
  if (types.mode !== "warn" || found.length === 0) return;
  iopub.display(cell, { data: diagnosticsBundle(written, found), metadata: {}, update: false });
}

function replyTo(outcome: CellOutcome): Content {
  if (outcome.status === "ok") return { status: "ok" };
  const { ename, evalue, traceback } = outcome;
  return { status: "error", ename, evalue, traceback };
}
