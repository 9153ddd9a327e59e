import { ILabShell, ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { MainAreaWidget, WidgetTracker } from "@jupyterlab/apputils";
import { INotebookTracker } from "@jupyterlab/notebook";
import { IKernelLines, type KernelLines } from "../runs/kernel-lines.js";
import { RunList } from "../runs/run-list.js";
import { panelId, RunPanel, type RunPlace } from "../runs/run-panel.js";
import { IRuns, type Runs } from "../runs/runs.js";
import { RunsSidebar } from "../runs/runs-sidebar.js";
import { saveAtStart } from "../runs/save-at-start.js";
import { showOutput } from "../runs/show-output.js";
import { trans } from "../view/index.js";
import { CommandIDs } from "./command-ids.js";

/** Below JupyterLab's own: files, running kernels, table of contents. */
const SIDEBAR_RANK = 400;

/** The sidebar with the runs of all notebooks, and the panels that show a run by itself. */
export const panel: JupyterFrontEndPlugin<Runs> = {
  id: "dagbook-labextension:panel",
  description: "Lists the runs of all notebooks.",
  autoStart: true,
  provides: IRuns,
  requires: [IKernelLines],
  optional: [INotebookTracker, ILabShell, ILayoutRestorer],
  activate(
    app: JupyterFrontEnd,
    lines: KernelLines,
    notebooks: INotebookTracker | null,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null,
  ): Runs {
    const list = new RunList(lines);
    const tracker = new WidgetTracker<MainAreaWidget<RunPanel>>({ namespace: "dagbook-panels" });
    const openInPanel = (place: RunPlace): void => {
      const opened = tracker.find((widget) => widget.content.id === panelId(place));
      const widget = opened ?? newPanel(place, lines);
      if (!opened) {
        void tracker.add(widget);
        // A page of Notebook 7 has one document in its main area: what comes beside it goes to a side.
        app.shell.add(widget, labShell ? "main" : "right", { mode: "split-right" });
      }
      app.shell.activateById(widget.id);
    };
    const open = async (place: RunPlace): Promise<void> => {
      if (!notebooks || !(await showOutput(app.shell, notebooks, place))) openInPanel(place);
    };
    const sidebar = new RunsSidebar(list, {
      open: ({ line, run }) => void open({ kernel: line.kernel, run }),
      openInPanel: ({ line, run }) => openInPanel({ kernel: line.kernel, run }),
      cancel: ({ line, run }) => line.client.cancel(run),
      compare: (...runs) => {
        const args = { runs: runs.map(({ line, run }) => ({ kernel: line.kernel, run })) };
        void app.commands.execute(CommandIDs.compareRuns, args);
      },
    });
    app.shell.add(sidebar, "left", { rank: SIDEBAR_RANK, type: "dagbook" });
    restorer?.add(sidebar, sidebar.id);
    app.commands.addCommand(CommandIDs.showRuns, {
      label: trans.__("Show Runs"),
      execute: () => app.shell.activateById(sidebar.id),
    });
    app.commands.addCommand(CommandIDs.restorePanel, {
      // For the layout only: not a command for people.
      isVisible: () => false,
      execute: ({ kernel, run }) => openInPanel({ kernel: String(kernel), run: String(run) }),
    });
    void restorer?.restore(tracker, {
      command: CommandIDs.restorePanel,
      args: ({ content: { place } }) => ({ ...place }),
      name: ({ content: { place } }) => panelId(place),
    });
    if (notebooks) saveAtStart(list, notebooks);
    return { list, open, openInPanel };
  },
};

function newPanel(place: RunPlace, lines: KernelLines): MainAreaWidget<RunPanel> {
  const content = new RunPanel(place, lines);
  const widget = new MainAreaWidget({ content });
  widget.id = `${content.id}-area`;
  return widget;
}
