import type { Page } from "playwright-core";
import type { Lab } from "./lab.js";

/** The part of JupyterLab's `window.jupyterapp` that tests use. */
interface JupyterApp {
  readonly shell: { readonly currentWidget: NotebookPanel | null };
  readonly commands: { execute(command: string, args?: object): Promise<unknown> };
}
interface Kernel {
  readonly status: string;
  restart(): Promise<void>;
  requestCommInfo(content: object): Promise<{ readonly content: { readonly comms: object } }>;
}
interface NotebookPanel {
  readonly content: {
    readonly widgets: readonly unknown[];
    readonly model: { readonly cells: { readonly length: number } } | null;
    activeCellIndex: number;
  };
  readonly context: { save(): Promise<void>; readonly model: { toJSON(): unknown } };
  readonly sessionContext: { readonly session: { readonly kernel: Kernel | null } | null };
}
declare global {
  interface Window {
    readonly jupyterapp?: JupyterApp;
  }
}

/** Opens a notebook in a clean workspace and waits until cells and kernel are ready. */
export async function openNotebook(lab: Lab, name: string): Promise<void> {
  await lab.page.goto(`${lab.url}/lab/tree/${name}?reset`);
  await notebookReady(lab.page);
}

/** Waits until all cells of the open notebook exist (they are made lazily) and its kernel answers. */
export async function notebookReady(page: Page, statuses: readonly string[] = ["idle"]): Promise<void> {
  await page.waitForFunction((wanted) => {
    const panel = window.jupyterapp?.shell.currentWidget;
    const cells = panel?.content?.model?.cells.length;
    const status = panel?.sessionContext?.session?.kernel?.status;
    return cells !== undefined && panel?.content.widgets.length === cells && wanted.includes(String(status));
  }, statuses);
}

/** Starts a cell; does not wait for its end (a hanging cell must not hang the test). */
export async function runCell(page: Page, index: number): Promise<void> {
  await page.evaluate((cell) => {
    const app = window.jupyterapp!;
    app.shell.currentWidget!.content.activeCellIndex = cell;
    void app.commands.execute("notebook:run-cell");
  }, index);
}

/** Waits until the kernel has nothing to do. */
export async function kernelIdle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => window.jupyterapp?.shell.currentWidget?.sessionContext.session?.kernel?.status === "idle",
  );
}

/** Number of comms with this target that are open in the kernel. */
export async function openComms(page: Page, target: string): Promise<number> {
  return await page.evaluate(async (name) => {
    const kernel = window.jupyterapp!.shell.currentWidget!.sessionContext.session!.kernel!;
    const { content } = await kernel.requestCommInfo({ target_name: name });
    return Object.keys(content.comms).length;
  }, target);
}

/** Waits until the open notebook holds a text somewhere, then saves it. */
export async function saveWith(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => JSON.stringify(window.jupyterapp!.shell.currentWidget!.context.model.toJSON()).includes(wanted),
    text,
  );
  await saveNotebook(page);
}

/** Saves the open notebook. */
export async function saveNotebook(page: Page): Promise<void> {
  await page.evaluate(() => window.jupyterapp!.shell.currentWidget!.context.save());
}

/** Switches JupyterLab's theme. */
export async function useTheme(
  page: Page,
  theme: "JupyterLab Light" | "JupyterLab Dark" | "JupyterLab Dark High Contrast",
): Promise<void> {
  await page.evaluate(
    (name) => void window.jupyterapp!.commands.execute("apputils:change-theme", { theme: name }),
    theme,
  );
  await page.waitForFunction((name) => document.body.dataset.jpThemeName === name, theme);
  // JupyterLab covers the page while it loads a theme.
  await page.waitForSelector("#jupyterlab-splash", { state: "detached" });
}
