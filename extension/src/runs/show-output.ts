import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import { RUN_MIME_TYPE } from "../renderer/run-widget.js";
import type { RunPlace } from "./run-panel.js";

/**
 * Brings the output of a run on the screen, if an open notebook has it.
 * @returns whether one has
 */
export async function showOutput(
  shell: JupyterFrontEnd.IShell,
  notebooks: INotebookTracker,
  { kernel, run }: RunPlace,
): Promise<boolean> {
  const panels: NotebookPanel[] = [];
  notebooks.forEach((panel) => {
    if (panel.sessionContext.session?.kernel?.id === kernel) panels.push(panel);
  });
  for (const panel of panels) {
    const cell = cellWith(panel, run);
    if (cell < 0) continue;
    const { content } = panel;
    shell.activateById(panel.id);
    content.activeCellIndex = cell;
    await content.scrollToItem(cell, "smart");
    const view = [...panel.node.querySelectorAll<HTMLElement>(".dagbook-run")].find((node) => node.dataset.run === run);
    view?.scrollIntoView({ block: "nearest" });
    return true;
  }
  return false;
}

/** Index of the cell with an output of the run; -1 if there is none. */
function cellWith({ content }: NotebookPanel, run: string): number {
  return content.widgets.findIndex(({ model }) => {
    if (!("outputs" in model)) return false;
    const { outputs } = model as unknown as {
      readonly outputs: { readonly length: number; get(index: number): { readonly data: Record<string, unknown> } };
    };
    for (let index = 0; index < outputs.length; index++) {
      const bundle = outputs.get(index).data[RUN_MIME_TYPE];
      if (typeof bundle === "object" && bundle !== null && "run" in bundle && bundle.run === run) return true;
    }
    return false;
  });
}
