import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette, showErrorMessage } from "@jupyterlab/apputils";
import { IConsoleTracker } from "@jupyterlab/console";
import { INotebookTracker } from "@jupyterlab/notebook";
import { actionStrings } from "../renderer/action-strings.js";
import { EXPORT_FORMATS, type ExportFormat, exportLabel, exportRun } from "../renderer/export-run.js";
import { bundleOf } from "../runs/bundle-of.js";
import type { ListedRun } from "../runs/run-list.js";
import { IRuns, type Runs } from "../runs/runs.js";
import { RunStore, trans } from "../view/index.js";
import { CommandIDs } from "./command-ids.js";

/** Commands for the run of the notebook or console in front: the one that runs, or the last. */
export const commands: JupyterFrontEndPlugin<void> = {
  id: "dagbook-labextension:commands",
  description: "Commands for runs: cancel, pause, repeat, find, open, export.",
  autoStart: true,
  requires: [IRuns],
  optional: [ICommandPalette, INotebookTracker, IConsoleTracker],
  activate(
    app: JupyterFrontEnd,
    { list, open, openInPanel }: Runs,
    palette: ICommandPalette | null,
    notebooks: INotebookTracker | null,
    consoles: IConsoleTracker | null,
  ): void {
    const contextInFront = () => {
      const inFront = consoles?.currentWidget;
      const isConsole = inFront && inFront === app.shell.currentWidget;
      return isConsole ? inFront.console.sessionContext : notebooks?.currentWidget?.sessionContext;
    };
    const current = () => list.currentOf(contextInFront()?.session?.kernel?.id);
    const added: string[] = [];
    const add = (id: string, label: string, execute: (run: ListedRun) => unknown, isFor = (_: ListedRun) => true) => {
      added.push(id);
      app.commands.addCommand(id, {
        label,
        isEnabled: () => {
          const run = current();
          return run !== undefined && isFor(run);
        },
        execute: async () => {
          const run = current();
          if (run && isFor(run)) await execute(run);
        },
      });
    };
    const placeOf = ({ line, run }: ListedRun) => ({ kernel: line.kernel, run });
    add(CommandIDs.cancel, trans.__("Cancel Run"), ({ line, run }) => line.client.cancel(run), isRunning);
    add(CommandIDs.pause, trans.__("Pause Run"), ({ line, run }) => line.client.pause(run), isGoing);
    add(CommandIDs.resume, trans.__("Resume Run"), ({ line, run }) => line.client.resume(run), isPaused);
    add(CommandIDs.retry, trans.__("Run What Is Left of the Run"), (run) => repeat(run, "retry"), isStopped);
    add(CommandIDs.rerun, trans.__("Run the Graph Again"), (run) => repeat(run, "rerun"), isOver);
    add(CommandIDs.goToRun, trans.__("Go to Run"), (run) => open(placeOf(run)));
    add(CommandIDs.openInPanel, trans.__("Open Run in Panel"), (run) => openInPanel(placeOf(run)));
    for (const format of EXPORT_FORMATS) {
      add(CommandIDs.export(format), trans.__("Export Run: %1", exportLabel(format)), (run) =>
        exportListed(run, format),
      );
    }
    // What has a state is enabled and disabled as that changes.
    const notify = () => {
      for (const command of added) app.commands.notifyCommandChanged(command);
    };
    list.changed.connect(notify);
    notebooks?.currentChanged.connect(notify);
    for (const command of [CommandIDs.showRuns, ...added]) palette?.addItem({ command, category: "dagbook" });
  },
};

function isRunning({ state }: ListedRun): boolean {
  return state === "running";
}

function isGoing(run: ListedRun): boolean {
  return isRunning(run) && run.isPaused !== true;
}

function isPaused(run: ListedRun): boolean {
  return isRunning(run) && run.isPaused === true;
}

function isStopped({ state }: ListedRun): boolean {
  return state === "erred" || state === "cancelled";
}

function isOver(run: ListedRun): boolean {
  return !isRunning(run);
}

/** Runs it again. If the kernel does not do it, a dialog says why. */
function repeat({ line, run }: ListedRun, kind: "retry" | "rerun"): void {
  line.client.ask({ kind, run }, (answer) => {
    if (answer?.kind === "repeated") return;
    const reason = answer?.kind === "refused" ? answer.reason : actionStrings.forgotten();
    void showErrorMessage(trans.__("The run was not started"), reason);
  });
}

async function exportListed({ line, run }: ListedRun, format: ExportFormat): Promise<void> {
  const bundle = await bundleOf(line.client, run);
  if (bundle) await exportRun(RunStore.fromBundle(bundle), format);
}
