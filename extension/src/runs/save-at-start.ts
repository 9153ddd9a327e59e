import type { INotebookTracker } from "@jupyterlab/notebook";
import { preferences } from "../settings/preferences.js";
import type { RunList } from "./run-list.js";

/**
 * Saves a notebook when one of its cells has started a run, if the reader wants that: a page that is closed before the
 * end has its output then.
 */
export function saveAtStart(list: RunList, notebooks: INotebookTracker): void {
  let seen = new Set<string>();
  list.changed.connect(() => {
    const running = list.runs.filter(({ state }) => state === "running");
    const started = running.filter(({ run }) => !seen.has(run));
    seen = new Set(running.map(({ run }) => run));
    if (!preferences().saveAtStart || started.length === 0) return;
    const kernels = new Set(started.map(({ line }) => line.kernel));
    notebooks.forEach(({ context, sessionContext }) => {
      const kernel = sessionContext.session?.kernel?.id;
      if (kernel && kernels.has(kernel) && context.model.dirty && !context.model.readOnly) void context.save();
    });
  });
}
