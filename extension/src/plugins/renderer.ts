import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { ISessionContext } from "@jupyterlab/apputils";
import { type ConsolePanel, IConsoleTracker } from "@jupyterlab/console";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { ITranslator } from "@jupyterlab/translation";
import { CommClient } from "../renderer/comm-client.js";
import { tellPictureColors } from "../renderer/picture-colors.js";
import { RUN_MIME_TYPE, RunWidget } from "../renderer/run-widget.js";
import { preloadModules } from "../renderer/vega-modules.js";
import { IKernelLines, KernelLines } from "../runs/kernel-lines.js";
import { followPreferences } from "../settings/follow-preferences.js";
import { useTranslation } from "../view/index.js";

/** Before text/html (50) and Vega-Lite (57), so that the live view wins over pictures beside it. */
const RANK = 10;

/**
 * Every notebook and console gets a renderer that knows its kernel. An ordinary MIME extension would
 * not: its renderers have no way to a kernel.
 */
export const renderer: JupyterFrontEndPlugin<KernelLines> = {
  id: "dagbook-labextension:renderer",
  description: "Draws task graphs of dagbook live.",
  autoStart: true,
  provides: IKernelLines,
  requires: [IRenderMimeRegistry],
  // Notebook 7 has fewer of these than JupyterLab.
  optional: [INotebookTracker, IConsoleTracker, ITranslator, ISettingRegistry],
  activate(
    app: JupyterFrontEnd,
    registry: IRenderMimeRegistry,
    notebooks: INotebookTracker | null,
    consoles: IConsoleTracker | null,
    translator: ITranslator | null,
    settings: ISettingRegistry | null,
  ): KernelLines {
    // First of all: whatever is made below has words.
    if (translator) useTranslation(translator.load("dagbook"), translator.languageCode);
    if (settings) followPreferences(settings, renderer.id);
    tellPictureColors();
    const lines = new KernelLines(app.serviceManager);
    addEventListener("pagehide", () => lines.close());
    lines.changed.connect(function preload() {
      if (!lines.lines.some(({ isOpen }) => isOpen)) return;
      lines.changed.disconnect(preload);
      preloadModules();
    });
    const register = (rendermime: IRenderMimeRegistry, context?: ISessionContext) => {
      const client = context && new CommClient(context);
      if (client) lines.add(context, client);
      const close = () => client?.close();
      addEventListener("pagehide", close);
      context?.disposed.connect(() => removeEventListener("pagehide", close));
      const createRenderer = () => new RunWidget(client);
      // Safe: the bundle is data and is drawn as text and marks, never as HTML or as a given spec.
      rendermime.addFactory({ safe: true, mimeTypes: [RUN_MIME_TYPE], createRenderer }, RANK);
    };
    register(registry);
    const seen = new WeakSet<IRenderMimeRegistry>();
    const once = (rendermime: IRenderMimeRegistry, context: ISessionContext) => {
      if (seen.has(rendermime)) return;
      seen.add(rendermime);
      register(rendermime, context);
    };
    const addNotebook = (panel: NotebookPanel) => once(panel.content.rendermime, panel.sessionContext);
    const addConsole = ({ console }: ConsolePanel) => once(console.rendermime, console.sessionContext);
    notebooks?.forEach(addNotebook);
    notebooks?.widgetAdded.connect((_, panel) => addNotebook(panel));
    consoles?.forEach(addConsole);
    consoles?.widgetAdded.connect((_, panel) => addConsole(panel));
    return lines;
  },
};
