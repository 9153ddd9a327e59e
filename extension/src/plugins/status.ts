import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IStatusBar } from "@jupyterlab/statusbar";
import { IRuns, type Runs } from "../runs/runs.js";
import { StatusItem } from "../runs/status-item.js";
import { CommandIDs } from "./command-ids.js";

const RANK = 90;

/** What the kernels of the page do, in the status bar; Notebook 7 has none. */
export const status: JupyterFrontEndPlugin<void> = {
  id: "dagbook-labextension:status",
  description: "Shows running tasks, workers and memory in the status bar.",
  autoStart: true,
  requires: [IRuns],
  optional: [IStatusBar],
  activate({ commands }: JupyterFrontEnd, { list }: Runs, bar: IStatusBar | null): void {
    if (!bar) return;
    const item = new StatusItem(list, () => void commands.execute(CommandIDs.showRuns));
    bar.registerStatusItem(status.id, {
      item,
      align: "left",
      rank: RANK,
      isActive: () => list.pool !== undefined,
      activeStateChanged: item.activeChanged,
    });
  },
};
