/** Two runs side by side in a real JupyterLab and Notebook 7. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Lab, screenshot, startLab } from "../support/lab.js";
import { kernelIdle, notebookReady, openNotebook, runCell, useTheme } from "../support/lab-notebook.js";
import { showsState, viewOf } from "../support/run-view.js";

// Tasks that take as long as they are told, and as long as the file `hold` exists; results that take memory.
const DEFINITIONS = `
import { existsSync } from "node:fs";
const wait = async (ms: number, bytes: number, ..._inputs: unknown[]): Promise<Uint8Array> => {
  do await new Promise((done) => setTimeout(done, ms)); while (existsSync("hold"));
  return new Uint8Array(bytes);
};
const graph = (loadMs: number, cleanMs: number, bytes: number, names = ["load", "clean", "total"]) => {
  const [load, clean, total] = names.map((name) => delayed(wait, { name }));
  const loads = Array.from({ length: 8 }, () => load(loadMs, bytes));
  const cleans = loads.map((one, i) => clean(cleanMs, bytes, one, loads[(i + 1) % 8]));
  return total(20, 8, ...cleans);
};`;
const MIB = 2 ** 20;
const FIRST = `await graph(80, 40, ${2 * MIB}).compute({ workers: 2, title: "mean" })`;
const SECOND = `await graph(30, 60, ${MIB}).compute({ workers: 4, title: "mean" })`;
const OTHER = `await graph(30, 30, ${MIB}, ["load", "filter", "total"]).compute({ workers: 2, title: "other" })`;
const PANEL = ".dagbook-comparison";
const ITEMS = ".dagbook-items > li";
let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ width: 1500, height: 1000 });
}, 60_000);
afterEach(async () => {
  release();
  await lab.endKernels();
});
afterAll(() => lab?.close(), 30_000);

const hold = () => writeFileSync(join(lab.folder, "hold"), "");
const release = () => rmSync(join(lab.folder, "hold"), { force: true });

/** Opens a new notebook that has run the cells `sources` one after the other. */
async function open(name: string, ...sources: string[]): Promise<void> {
  lab.write(name, "dagbook", [{ source: DEFINITIONS }, ...sources.map((source) => ({ source }))]);
  await openNotebook(lab, name);
  for (const index of [0, ...sources.keys()].keys()) await finish(index);
}

async function finish(index: number): Promise<void> {
  await runCell(lab.page, index);
  await lab.page.waitForSelector(`.jp-Cell:has(.jp-InputPrompt:text('[${index + 1}]:'))`);
  await kernelIdle(lab.page);
}

/** Runs a command as the palette does. Not awaited: it may ask something. */
async function command(name: string, args: object = {}): Promise<void> {
  await lab.page.evaluate(([id, values]) => void window.jupyterapp!.commands.execute(id, values), [
    name,
    args,
  ] as const);
}

/** Texts of a table in the panel, row by row. */
async function cellsOf(table: string): Promise<string[][]> {
  const rows = await lab.page.locator(`${PANEL} ${table} tbody tr`).all();
  return Promise.all(rows.map((row) => row.locator("th, td").allTextContents()));
}

const isReady = () => lab.page.waitForSelector(`${PANEL}[data-ready="true"]`);

test("two runs are selected in the sidebar and compared: who ran what when, and what differs", async () => {
  await open("select.ipynb", FIRST, SECOND, OTHER);
  await command("dagbook:show-runs");
  await lab.page.waitForSelector(`${ITEMS}:nth-child(3)`);
  const button = lab.page.locator(".dagbook-sidebar-head .dagbook-button");
  expect(await button.isDisabled()).toBe(true);
  await lab.page.check(`${ITEMS}:nth-child(2) input`);
  expect(await button.isDisabled()).toBe(true);
  await lab.page.check(`${ITEMS}:nth-child(3) input`);
  await screenshot(lab.page, "compare-sidebar-light", "#dagbook-runs");
  await lab.page.check(`${ITEMS}:nth-child(1) input`);
  expect(await button.isDisabled()).toBe(true);
  await lab.page.uncheck(`${ITEMS}:nth-child(1) input`);
  await button.click();
  await isReady();
  const [a, b, difference] = await cellsOf(".dagbook-comparison-runs");
  // Name, title, state, tasks, workers; the older run is A.
  expect([a, b].map((cells) => [cells![0], cells![1], cells![3], cells![4], cells![5]])).toEqual([
    ["A", "mean", "finished", "17", "2"],
    ["B", "mean", "finished", "17", "4"],
  ]);
  expect(difference!.slice(0, 6)).toEqual(["Difference", "", "", "", "0", "+2"]);
  expect(difference![6]).toMatch(/^−[\d.]+ (ms|s) \(−\d+%\)$/);
  expect(await lab.page.textContent(`${PANEL} .dagbook-comparison-sentences`)).toMatch(
    /^B took .* less than A \(\d+%\)\. The largest change is in load: −.*\.$/,
  );
  await lab.page.click(`${PANEL} summary`);
  await lab.page.waitForSelector(`${PANEL} .dagbook-comparison-functions tbody tr`);
  const functions = await cellsOf(".dagbook-comparison-functions");
  expect(functions.map(([name, , , change, , tasks, failed]) => [name, change!.at(0), tasks, failed])).toEqual([
    ["load", "−", "8", "0"],
    ["clean", "+", "8", "0"],
    ["total", expect.anything(), "1", "0"],
  ]);
  await lab.page.click(`${PANEL} summary`);
  await screenshot(lab.page, "compare-light");
  await screenshot(lab.page, "compare-panel-light", PANEL);
  await useTheme(lab.page, "JupyterLab Dark");
  await lab.page.waitForFunction(
    (css) => getComputedStyle(document.querySelector(css)!).backgroundColor !== "rgb(255, 255, 255)",
    PANEL,
  );
  await screenshot(lab.page, "compare-dark");
  await screenshot(lab.page, "compare-panel-dark", PANEL);
  await useTheme(lab.page, "JupyterLab Light");
  expect(lab.pageErrors).toEqual([]);
}, 90_000);

test("a run is compared with the last run of its graph from its menu, live, and the panel comes back with the layout", async () => {
  await open("menu.ipynb", FIRST, OTHER);
  hold();
  const entry = ".dagbook-menu .lm-Menu-item:has-text('Compare with the last run of this graph')";
  await runCell(lab.page, 1);
  await showsState(lab.page, "running");
  // The list of runs, which the menu asks, comes twice a second.
  await lab.page.waitForSelector(".dagbook-status:has-text('running')");
  const running = `${viewOf()}[data-state="running"]`;
  // The only run of its graph has nothing to be compared with.
  await lab.page.click(`${viewOf()}[data-state="finished"] .dagbook-more-button`);
  await lab.page.waitForSelector(".dagbook-menu");
  expect(await lab.page.locator(entry).count()).toBe(0);
  await lab.page.keyboard.press("Escape");
  await lab.page.click(`${running} .dagbook-more-button`);
  await lab.page.click(entry);
  await lab.page.waitForSelector(`${PANEL}[data-ready="true"][data-a="finished"][data-b="running"]`);
  expect(await lab.page.textContent(`${PANEL} .dagbook-comparison-sentences`)).toBe(
    "Functions are compared as soon as all their tasks are done.",
  );
  await screenshot(lab.page, "compare-live");
  release();
  await lab.page.waitForSelector(`${PANEL}[data-b="finished"]`);
  await lab.page.waitForSelector(`${PANEL} .dagbook-comparison-sentences:has-text('took')`);
  // The layout is saved a moment after it changed.
  await lab.page.waitForResponse(
    (response) => /api\/workspaces/.test(response.url()) && response.request().method() === "PUT",
  );
  lab.page.once("dialog", (dialog) => void dialog.accept());
  await lab.page.goto(`${lab.url}/lab`);
  await lab.page.waitForSelector(`${PANEL}[data-ready="true"][data-a="finished"][data-b="finished"]`);
  expect(lab.pageErrors).toEqual([]);
}, 90_000);

test("the palette's command asks for the other run, and says when the graphs differ", async () => {
  await open("palette.ipynb", FIRST, OTHER);
  await lab.page.waitForFunction(() =>
    (window.jupyterapp!.commands as unknown as { isEnabled(id: string): boolean }).isEnabled("dagbook:compare-runs"),
  );
  await command("dagbook:compare-runs");
  await lab.page.waitForSelector(".jp-Dialog select");
  expect(await lab.page.locator(".jp-Dialog option").allTextContents()).toEqual([
    expect.stringMatching(/^1\. mean · .* · finished · 17 tasks · .* · palette\.ipynb$/),
  ]);
  await screenshot(lab.page, "compare-dialog");
  await lab.page.click(".jp-Dialog .jp-mod-accept");
  await isReady();
  expect(await lab.page.textContent(`${PANEL} .dagbook-comparison-sentences`)).toContain(
    "These are runs of different graphs; functions are matched by name. Only in A: clean. Only in B: filter.",
  );
  await screenshot(lab.page, "compare-graphs", PANEL);
  expect(lab.pageErrors).toEqual([]);
}, 90_000);

test("Notebook 7 compares runs beside the notebook", async () => {
  lab.write("seven.ipynb", "dagbook", [{ source: DEFINITIONS }, { source: FIRST }, { source: SECOND }]);
  await lab.page.goto(`${lab.url}/notebooks/seven.ipynb`);
  await notebookReady(lab.page);
  for (const index of [0, 1, 2]) await finish(index);
  await command("dagbook:show-runs");
  await lab.page.check(`${ITEMS}:nth-child(1) input`);
  await lab.page.check(`${ITEMS}:nth-child(2) input`);
  await lab.page.click(".dagbook-sidebar-head .dagbook-button");
  await isReady();
  await screenshot(lab.page, "compare-notebook-7");
  expect(lab.pageErrors).toEqual([]);
}, 90_000);

test("what explain shows has the colours of the page's theme", async () => {
  const source =
    'import { explain } from "dagbook";\nawait explain(graph(30, 20, 65536), ["combined", "fifo", "most-memory"], { workers: 3, optimize: false, ' +
    'durations: { load: 30, clean: 20, total: 20 }, sizes: { load: 65536, clean: 65536, total: 8 }, run: true, title: "mean" })';
  await open("explain.ipynb", source);
  const picture = ".jp-OutputArea-executeResult svg[aria-label]";
  expect(await lab.page.locator(picture).count()).toBe(2);
  const colours = () =>
    lab.page.evaluate((css) => {
      const svg = document.querySelector(css)!;
      const card = getComputedStyle(svg.parentElement!).backgroundColor;
      return [card, getComputedStyle(svg.querySelector("g rect")!).fill];
    }, picture);
  expect(await colours()).toEqual(["rgb(255, 255, 255)", "rgb(42, 59, 153)"]);
  const result = ".jp-OutputArea-executeResult";
  await screenshot(lab.page, "explain-light", result);
  await useTheme(lab.page, "JupyterLab Dark");
  await lab.page.waitForFunction(
    (css) => getComputedStyle(document.querySelector(`${css} g rect`)!).fill === "rgb(115, 131, 214)",
    picture,
  );
  await screenshot(lab.page, "explain-dark", result);
  await useTheme(lab.page, "JupyterLab Light");
  // Where the extension is not, pictures are light, as those of runs.
  await lab.page.evaluate(() => document.body.removeAttribute("style"));
  expect(await colours()).toEqual(["rgb(255, 255, 255)", "rgb(42, 59, 153)"]);
  expect(lab.pageErrors).toEqual([]);
}, 90_000);
