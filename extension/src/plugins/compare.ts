import { ILabShell, ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette, InputDialog, MainAreaWidget, WidgetTracker } from "@jupyterlab/apputils";
import { INotebookTracker } from "@jupyterlab/notebook";
import { addToRunMenu } from "../renderer/run-menu.js";
import { choicesOf, placeOf, runBefore } from "../runs/compared-runs.js";
import { ComparisonPanel, comparisonId, type RunPair } from "../runs/comparison-panel.js";
import { IKernelLines, type KernelLines } from "../runs/kernel-lines.js";
import type { RunList } from "../runs/run-list.js";
import type { RunPlace } from "../runs/run-panel.js";
import { IRuns, type Runs } from "../runs/runs.js";
import { trans } from "../view/index.js";
import { CommandIDs } from "./command-ids.js";

/** Two runs side by side, in a panel of the main area. */
export const compare: JupyterFrontEndPlugin<void> = {
  id: "dagbook-labextension:compare",
  description: "Compares two runs.",
  autoStart: true,
  requires: [IRuns, IKernelLines],
  optional: [ICommandPalette, ILabShell, ILayoutRestorer, INotebookTracker],
  activate(
    app: JupyterFrontEnd,
    { list }: Runs,
    lines: KernelLines,
    palette: ICommandPalette | null,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    notebooks: INotebookTracker | null,
  ): void {
    const tracker = new WidgetTracker<MainAreaWidget<ComparisonPanel>>({ namespace: "dagbook-comparisons" });
    const show = (pair: RunPair): void => {
      const opened = tracker.find(({ content }) => content.id === comparisonId(pair));
      const widget = opened ?? newPanel(pair, lines);
      if (!opened) {
        void tracker.add(widget);
        // As the panel of one run: Notebook 7 has one document in its main area.
        app.shell.add(widget, labShell ? "main" : "right", { mode: "tab-after" });
      }
      app.shell.activateById(widget.id);
    };
    const inFront = () => list.currentOf(notebooks?.currentWidget?.sessionContext.session?.kernel?.id) ?? list.runs[0];
    app.commands.addCommand(CommandIDs.compareRuns, {
      label: trans.__("Compare Runs…"),
      isEnabled: () => list.runs.length > 1,
      execute: async (args) => {
        const run = inFront();
        const pair = readPair(args) ?? (run && (await askPair(list, placeOf(run))));
        if (pair) show(pair);
      },
    });
    list.changed.connect(() => app.commands.notifyCommandChanged(CommandIDs.compareRuns));
    palette?.addItem({ command: CommandIDs.compareRuns, category: "dagbook" });
    const lastOf = (run: string) => {
      const listed = list.runs.find((one) => one.run === run);
      const before = listed && runBefore(list, placeOf(listed));
      return before && ([placeOf(before), placeOf(listed)] as const);
    };
    addToRunMenu({
      label: ({ run }) => (lastOf(run) ? trans.__("Compare with the last run of this graph") : undefined),
      execute: ({ run }) => {
        const pair = lastOf(run);
        if (pair) show(pair);
      },
    });
    void restorer?.restore(tracker, {
      command: CommandIDs.compareRuns,
      args: ({ content: { pair } }) => ({ runs: pair.map((place) => ({ ...place })) }),
      name: ({ content }) => content.id,
    });
  },
};

function newPanel(pair: RunPair, lines: KernelLines): MainAreaWidget<ComparisonPanel> {
  const content = new ComparisonPanel(pair, lines);
  const widget = new MainAreaWidget({ content });
  widget.id = `${content.id}-area`;
  return widget;
}

/** Asks with which run `place` is to be compared; undefined if the reader wants none. */
async function askPair(list: RunList, place: RunPlace): Promise<RunPair | undefined> {
  const others = list.runs.filter((one) => one.run !== place.run || one.line.kernel !== place.kernel);
  const run = list.runs.find((one) => one.run === place.run);
  const items = choicesOf(others);
  const before = runBefore(list, place);
  const { button, value } = await InputDialog.getItem({
    title: trans.__("Compare %1 with", run?.title ?? ""),
    label: trans.__("The other run, newest first"),
    items: [...items],
    current: Math.max(
      0,
      others.findIndex((one) => one.run === before?.run),
    ),
    okLabel: trans.__("Compare"),
  });
  const other = value === null ? undefined : others[items.indexOf(value)];
  return button.accept && other ? [placeOf(other), place] : undefined;
}

/** The two runs of the arguments `runs: [{ kernel, run }, { kernel, run }]`; undefined if they do not name two. */
function readPair({ runs }: { readonly runs?: unknown }): RunPair | undefined {
  if (!Array.isArray(runs)) return undefined;
  const places = runs.flatMap((place: unknown) => {
    if (typeof place !== "object" || place === null || !("kernel" in place) || !("run" in place)) return [];
    return [{ kernel: String(place.kernel), run: String(place.run) }];
  });
  const [first, second] = places;
  return first && second ? [first, second] : undefined;
}
