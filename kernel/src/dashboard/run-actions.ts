/**
 * What a reader may do with a run, and ask of its tasks, from a view.
 * @module
 */
import type { Run } from "../dag/engine/engine.js";
import type { Subscriber } from "./live-run.js";
import type { ActionMessage } from "./messages.js";
import type { TaskLog } from "./task-log.js";

/** A run that goes on, or one of the last that have ended. */
export interface KnownRun {
  readonly run: Run;
  /** undefined before the first event */
  readonly log: TaskLog | undefined;
}

/** Does what a view asks for; what has an answer is answered to that view alone. */
export function act({ run, log }: KnownRun, message: ActionMessage, view: Subscriber): void {
  switch (message.kind) {
    case "cancel":
      run.cancel("cancelled in the view");
      break;
    case "pause":
    case "resume":
      run[message.kind]();
      break;
    case "retry":
    case "rerun":
      repeat(run, message.kind, view);
      break;
    case "inspect":
      inspect({ run, log }, message.task, view);
  }
}

function repeat(run: Run, kind: "retry" | "rerun", view: Subscriber): void {
  try {
    if (run.repeat === undefined) throw new Error("a run of this engine runs again only with its cell: run the cell");
    view.send({ kind: "repeated", run: run.id, by: run.repeat(kind === "retry" ? "failed" : "all") });
  } catch (error) {
    view.send({ kind: "refused", run: run.id, reason: error instanceof Error ? error.message : String(error) });
  }
}

function inspect({ run, log }: KnownRun, task: number, view: Subscriber): void {
  const logged = log?.task(task);
  // A view that asks for a task that is none does not wait for an answer.
  if (logged === undefined) return;
  const described = run.describe?.(task);
  view.send({
    kind: "task",
    run: run.id,
    ...logged,
    ...(described !== undefined && { function: described.name }),
    args: described?.args ?? null,
  });
}
