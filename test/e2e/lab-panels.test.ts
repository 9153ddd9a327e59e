/**
 * What is around the view in a real JupyterLab and Notebook 7: the list of runs, the status bar, panels, commands,
 * files, settings.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Lab, screenshot, startLab } from "../support/lab.js";
import { kernelIdle, notebookReady, openNotebook, runCell, useTheme } from "../support/lab-notebook.js";
import { ready, showsState, viewOf } from "../support/run-view.js";

// Tasks that take as long as the file `hold` exists.
const DEFINITIONS = `
import { existsSync } from "node:fs";
const step = async (...inputs: number[]): Promise<number> => {
  do await new Promise((done) => setTimeout(done, 20)); while (existsSync("hold"));
  return inputs.length;
};
const named = (name: string) => delayed(step, { name });
const graph = (title: string) => {
  const loads = Array.from({ length: 10 }, () => named("load")());
  const cleans = loads.map((load, i) => named("clean")(load, loads[(i + 1) % 10]));
  return named(title)(...cleans);
};`;
const ITEMS = ".dagbook-items > li";
let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ width: 1400, height: 900 });
}, 60_000);
afterEach(async () => {
  rmSync(join(lab.folder, "hold"), { force: true });
  await lab.endKernels();
});
afterAll(() => lab?.close(), 30_000);

/** Opens a new notebook whose cells after the definitions are `sources`. */
async function open(name: string, ...sources: string[]): Promise<void> {
  lab.write(name, "dagbook", [{ source: DEFINITIONS }, ...sources.map((source) => ({ source }))]);
  await openNotebook(lab, name);
  await runCell(lab.page, 0);
  await lab.page.waitForSelector(".jp-Cell:has(.jp-InputPrompt:text('[1]:'))");
}

const hold = () => writeFileSync(join(lab.folder, "hold"), "");
const release = () => rmSync(join(lab.folder, "hold"), { force: true });

/** Runs a command as the palette does. Not awaited: it may last as long as a run. */
async function command(name: string, args: object = {}): Promise<void> {
  await lab.page.evaluate(([id, values]) => void window.jupyterapp!.commands.execute(id, values), [
    name,
    args,
  ] as const);
}

const isEnabled = (name: string) =>
  lab.page.evaluate(
    (id) => (window.jupyterapp!.commands as unknown as { isEnabled(id: string): boolean }).isEnabled(id),
    name,
  );

test("the sidebar lists the runs of a notebook live, newest first, and the status bar counts tasks and workers", async () => {
  await open(
    "list.ipynb",
    'await graph("first").compute({ workers: 2 })',
    'await graph("second").compute({ workers: 2 })',
  );
  await runCell(lab.page, 1);
  await lab.page.waitForSelector(".jp-Cell:has(.jp-InputPrompt:text('[2]:'))");
  hold();
  await runCell(lab.page, 2);
  await lab.page.waitForSelector(".dagbook-status:has-text('dagbook 2 running · 2 workers')");
  await lab.page.click(".dagbook-status");
  await lab.page.waitForSelector(`${ITEMS}[data-state="running"]`);
  expect(await lab.page.locator(`${ITEMS} .dagbook-item-title`).allTextContents()).toEqual(["second", "first"]);
  expect(await lab.page.locator(`${ITEMS} .dagbook-item-counts`).allTextContents()).toEqual([
    "running · 0 of 21 tasks",
    "finished · 21 tasks",
  ]);
  await screenshot(lab.page, "panels-light");
  await lab.page.hover(`${ITEMS}:first-child`);
  await screenshot(lab.page, "panels-sidebar-light", "#dagbook-runs");
  await useTheme(lab.page, "JupyterLab Dark");
  await screenshot(lab.page, "panels-dark");
  await screenshot(lab.page, "panels-sidebar-dark", "#dagbook-runs");
  await screenshot(lab.page, "panels-status-dark", "#jp-main-statusbar");
  await useTheme(lab.page, "JupyterLab Light");
  await screenshot(lab.page, "panels-status-light", "#jp-main-statusbar");
  release();
  await lab.page.waitForSelector(`${ITEMS}:first-child[data-state="finished"]`);
  await lab.page.waitForSelector(".dagbook-status:has-text('dagbook idle')");
  expect(lab.pageErrors).toEqual([]);
}, 60_000);

test("a click on a run shows its output, its button cancels it", async () => {
  await open(
    "click.ipynb",
    'await graph("far").compute({ workers: 2 })',
    ...Array.from({ length: 30 }, () => "1\n2\n3\n4"),
  );
  hold();
  await runCell(lab.page, 1);
  await ready(lab.page);
  await lab.page.evaluate(() => document.querySelector(".jp-Cell:last-of-type")!.scrollIntoView());
  await command("dagbook:show-runs");
  const box = () => lab.page.locator(viewOf()).boundingBox();
  await lab.page.click(`${ITEMS} .dagbook-item-main`);
  await lab.page.waitForFunction((css) => {
    const { top, bottom } = document.querySelector(css)!.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }, viewOf());
  expect((await box())!.y).toBeGreaterThan(0);
  await lab.page.hover(ITEMS);
  await lab.page.click(`${ITEMS} >> text=Cancel`);
  await showsState(lab.page, "cancelled");
  await lab.page.waitForSelector(`${ITEMS}[data-state="cancelled"]`);
}, 60_000);

test("a run whose notebook was closed without saving is offered, and shown in a panel up to its end", async () => {
  await open("closed.ipynb", 'await graph("kept").compute({ workers: 2 })');
  hold();
  await runCell(lab.page, 1);
  await ready(lab.page);
  // Another page: the notebook is not open on it, its kernel goes on.
  lab.page.once("dialog", (dialog) => void dialog.accept());
  await lab.page.goto(`${lab.url}/lab?reset`);
  await lab.page.waitForFunction(() => window.jupyterapp !== undefined);
  await lab.page.waitForSelector(".jp-LauncherCard");
  await command("dagbook:show-runs");
  await lab.page.waitForSelector(`${ITEMS}[data-state="running"]`);
  expect(await lab.page.textContent(`${ITEMS} .dagbook-item-path`)).toBe("closed.ipynb");
  await lab.page.click(`${ITEMS} .dagbook-item-main`);
  await lab.page.waitForSelector(`.dagbook-panel ${viewOf()}[data-state="running"][data-ready="true"]`);
  await screenshot(lab.page, "panels-closed-notebook");
  // Its notebook is opened: the panel goes over to that one's line, and lives on.
  await command("docmanager:open", { path: "closed.ipynb" });
  await notebookReady(lab.page, ["busy", "idle"]);
  await lab.page.waitForFunction(() =>
    (window.jupyterapp!.commands as unknown as { isEnabled(id: string): boolean }).isEnabled("dagbook:cancel-run"),
  );
  await command("dagbook:open-in-panel");
  await lab.page.waitForSelector(`.dagbook-panel ${viewOf()}[data-state="running"]`);
  release();
  await lab.page.waitForSelector(`.dagbook-panel ${viewOf()}[data-state="finished"]`);
  expect(await lab.page.textContent(`.dagbook-panel ${viewOf()} .dagbook-counts`)).toBe("finished · 21 tasks");
  expect(lab.pageErrors).toEqual([]);
}, 60_000);

test("a panel comes back with the layout after a reload", async () => {
  await open("layout.ipynb", 'await graph("again").compute({ workers: 2 })');
  await runCell(lab.page, 1);
  await showsState(lab.page, "finished");
  await lab.page.waitForFunction(() => document.querySelector(".dagbook-status"));
  await lab.page.waitForFunction(() =>
    (window.jupyterapp!.commands as unknown as { isEnabled(id: string): boolean }).isEnabled("dagbook:open-in-panel"),
  );
  await command("dagbook:open-in-panel");
  await lab.page.waitForSelector(`.dagbook-panel ${viewOf()}[data-state="finished"]`);
  await screenshot(lab.page, "panels-beside-notebook");
  // The layout is saved a moment after it changed.
  await lab.page.waitForResponse(
    (response) => /api\/workspaces/.test(response.url()) && response.request().method() === "PUT",
  );
  lab.page.once("dialog", (dialog) => void dialog.accept());
  await lab.page.goto(`${lab.url}/lab`);
  await lab.page.waitForSelector(`.dagbook-panel ${viewOf()}[data-state="finished"]`);
}, 60_000);

test("commands act on the run of the notebook in front, and are enabled only when they can", async () => {
  await open("commands.ipynb", 'await graph("commanded").compute({ workers: 2 })');
  expect([await isEnabled("dagbook:cancel-run"), await isEnabled("dagbook:export-csv")]).toEqual([false, false]);
  hold();
  await runCell(lab.page, 1);
  await ready(lab.page);
  await lab.page.waitForSelector(".dagbook-status:has-text('running')");
  expect(await isEnabled("dagbook:cancel-run")).toBe(true);
  await lab.page.focus(".jp-Notebook");
  await lab.page.keyboard.press("Control+;");
  await lab.page.keyboard.press("c");
  await showsState(lab.page, "cancelled");
  await kernelIdle(lab.page);
  await lab.page.waitForSelector(".dagbook-status:has-text('idle')");
  expect([await isEnabled("dagbook:cancel-run"), await isEnabled("dagbook:export-csv")]).toEqual([false, true]);
  await command("apputils:activate-command-palette");
  await lab.page.fill(".lm-CommandPalette-input", "dagbook");
  await screenshot(lab.page, "panels-palette", "#command-palette");
  const labels = await lab.page.locator(".lm-CommandPalette-itemLabel").allTextContents();
  expect(labels).toEqual(expect.arrayContaining(["Cancel Run", "Go to Run", "Open Run in Panel", "Show Runs"]));
  expect(labels).not.toContain("dagbook:restore-panel");
}, 60_000);

test("a run is saved as picture, report, table, specification and trace", async () => {
  await open("export.ipynb", 'await graph("saved run").compute({ workers: 2 })');
  await runCell(lab.page, 1);
  await showsState(lab.page, "finished");
  await lab.page.waitForSelector(".jp-OutputArea-executeResult");
  const files: Record<string, Buffer> = {};
  for (const label of [
    "Picture (PNG)",
    "Picture (SVG)",
    "Report (HTML)",
    "Tasks (CSV)",
    "Vega-Lite specification",
    "Chrome trace",
  ]) {
    await lab.page.click(`${viewOf()} .dagbook-more-button`);
    await lab.page.waitForSelector(".dagbook-menu");
    if (label === "Picture (PNG)") await screenshot(lab.page, "panels-export-menu");
    const [download] = await Promise.all([
      lab.page.waitForEvent("download"),
      lab.page.click(`.dagbook-menu .lm-Menu-item:has-text("${label}")`),
    ]);
    files[download.suggestedFilename()] = readFileSync(await download.path());
    if (/png|svg|html/.test(download.suggestedFilename())) {
      await download.saveAs(join("test", "artefacts", `exported-${download.suggestedFilename()}`));
    }
  }
  expect(Object.keys(files)).toEqual([
    "saved-run.png",
    "saved-run.svg",
    "saved-run.html",
    "saved-run.csv",
    "saved-run.vl.json",
    "saved-run.trace.json",
  ]);
  expect(files["saved-run.png"]!.subarray(1, 4).toString()).toBe("PNG");
  expect(files["saved-run.svg"]!.toString()).toContain("<title>saved run: finished · 21 tasks</title>");
  expect(files["saved-run.csv"]!.toString().split("\r\n").length).toBe(23);
  const trace = JSON.parse(files["saved-run.trace.json"]!.toString());
  expect(trace.traceEvents.filter(({ ph }: { ph: string }) => ph === "X").length).toBe(21);
  // The report by itself, in a page of its own.
  const report = await lab.page.context().browser()!.newPage();
  await report.setContent(files["saved-run.html"]!.toString());
  expect(await report.textContent("h1")).toBe("saved run");
  expect(await report.locator("svg").count()).toBe(1);
  await screenshot(report, "exported-report");
  await report.close();
  expect(lab.pageErrors).toEqual([]);
}, 60_000);

test("settings are honoured: small graphs open, and the notebook is saved when a run starts", async () => {
  const raw = JSON.stringify({ openSmallGraphs: true, saveAtStart: true });
  const url = `${lab.url}/lab/api/settings/dagbook-labextension:renderer`;
  const answer = await fetch(url, { method: "PUT", body: JSON.stringify({ raw }) });
  expect(answer.status).toBe(204);
  try {
    await open("settings.ipynb", 'await named("small")(1).compute({ workers: 1 })');
    hold();
    await runCell(lab.page, 1);
    await lab.page.waitForSelector(`${viewOf()} .dagbook-chart svg`);
    await lab.page.waitForFunction(
      () => !(window.jupyterapp!.shell.currentWidget!.context.model as unknown as { dirty: boolean }).dirty,
    );
    expect(readFileSync(join(lab.folder, "settings.ipynb"), "utf8")).toContain('"state": "running"');
    release();
    await showsState(lab.page, "finished");
  } finally {
    await fetch(url, { method: "PUT", body: JSON.stringify({ raw: "{}" }) });
  }
}, 60_000);

test("a console draws a run live", async () => {
  await lab.page.goto(`${lab.url}/lab?reset`);
  await lab.page.waitForSelector(".jp-LauncherCard");
  await screenshot(lab.page, "panels-launcher");
  await command("console:create", { kernelPreference: { name: "dagbook" } });
  // A console takes no code before its kernel has told its name.
  await lab.page.waitForSelector(".jp-CodeConsole-banner:has-text('dagbook')");
  await kernelIdle(lab.page);
  await command("console:inject", { path: await consolePath(), code: DEFINITIONS });
  hold();
  await command("console:inject", { path: await consolePath(), code: 'await graph("typed").compute({ workers: 2 })' });
  await lab.page.waitForSelector(`.jp-CodeConsole ${viewOf()}[data-state="running"][data-ready="true"]`);
  // The list of runs and the output come by different messages.
  await lab.page.waitForFunction(() =>
    (window.jupyterapp!.commands as unknown as { isEnabled(id: string): boolean }).isEnabled("dagbook:open-in-panel"),
  );
  release();
  await lab.page.waitForSelector(`.jp-CodeConsole ${viewOf()}[data-state="finished"]`);
  await screenshot(lab.page, "panels-console");
  expect(lab.pageErrors).toEqual([]);
}, 60_000);

const consolePath = () =>
  lab.page.evaluate(
    () =>
      (window.jupyterapp!.shell.currentWidget as unknown as { sessionContext: { path: string } }).sessionContext.path,
  );

test("Notebook 7 has the list of runs in its sidebar, and opens panels beside the notebook", async () => {
  lab.write("seven.ipynb", "dagbook", [{ source: `${DEFINITIONS}\nawait graph("seven").compute({ workers: 2 })` }]);
  await lab.page.goto(`${lab.url}/notebooks/seven.ipynb`);
  await notebookReady(lab.page);
  hold();
  await runCell(lab.page, 0);
  await ready(lab.page);
  await command("dagbook:show-runs");
  await lab.page.waitForSelector(`${ITEMS}[data-state="running"]`);
  await screenshot(lab.page, "panels-notebook-7");
  await lab.page.hover(ITEMS);
  await lab.page.click(`${ITEMS} >> text=Open in panel`);
  await lab.page.waitForSelector(`.dagbook-panel ${viewOf()}[data-state="running"]`);
  release();
  await lab.page.waitForSelector(`.dagbook-panel ${viewOf()}[data-state="finished"]`);
  expect(lab.pageErrors).toEqual([]);
}, 60_000);
