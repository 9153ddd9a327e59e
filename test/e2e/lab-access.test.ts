/**
 * The view for those who do not see it, or not well, or who have no pointer, in a real JupyterLab. Most runs are pretended
 * (support/fake_run.py): they can be stopped in every state.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { type Lab, screenshot, startLab } from "../support/lab.js";
import { openNotebook, runCell, saveNotebook, useTheme } from "../support/lab-notebook.js";
import { isLive, openGate, openGated, press, viewIn } from "../support/lab-runs.js";
import { ready, showsState, viewOf } from "../support/run-view.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const THEMES = ["JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast"] as const;
const OURS = ".dagbook-run, .dagbook-sidebar, .dagbook-panel, .dagbook-menu, .dagbook-status";
let lab: Lab;

declare global {
  interface Window {
    readonly axe: { run(context: object, options: object): Promise<AxeResults> };
  }
}

beforeAll(async () => {
  lab = await startLab({ width: 1280, height: 1000 });
}, 90_000);
afterEach(async () => {
  await lab.page.emulateMedia({ reducedMotion: null, forcedColors: null });
  await lab.page.setViewportSize({ width: 1280, height: 1000 });
  await lab.endKernels();
});
afterAll(() => lab?.close(), 30_000);

/** Opens a new notebook whose first cell loads the fake and whose others, which are run, are `sources`. */
async function open(name: string, ...sources: string[]): Promise<void> {
  const cells = ["import fake_run", ...sources].map((source) => ({ source }));
  lab.write(`${name}.ipynb`, "python3", cells);
  await openNotebook(lab, `${name}.ipynb`);
  for (const index of cells.keys()) await runCell(lab.page, index);
}

/** What axe finds serious or critical in what is ours, as `rule: element`. */
async function violations(): Promise<string[]> {
  if (await lab.page.evaluate(() => !("axe" in window))) await lab.page.evaluate(AXE);
  const { violations: found } = await lab.page.evaluate(
    (include) => window.axe.run({ include: [include] }, { resultTypes: ["violations"] }),
    OURS,
  );
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}

/** The same in every theme, with a picture of each. */
async function violationsInThemes(picture: string, selector?: string): Promise<string[]> {
  const all: string[] = [];
  for (const theme of THEMES) {
    await useTheme(lab.page, theme);
    await lab.page.waitForTimeout(300);
    all.push(...(await violations()).map((text) => `${theme} ${text}`));
    await screenshot(lab.page, `access-${picture}-${theme.replace("JupyterLab ", "").replaceAll(" ", "-")}`, selector);
  }
  await useTheme(lab.page, "JupyterLab Light");
  return all;
}

test("axe finds nothing serious in runs of every size that have ended or go on", async () => {
  await open(
    "axe",
    "fake_run.start('line', 'three', [('load', 3, 0.1, lambda i: [])])",
    "fake_run.start('nodes', 'report', fail=[8])",
    "fake_run.start('overview', 'A @ B → norm', fake_run.OVERVIEW, workers=8, fail=[740])",
  );
  await showsState(lab.page, "erred", "overview", 60_000);
  for (const run of ["line", "nodes", "overview"]) await ready(lab.page, run);
  await lab.page.locator(viewOf("nodes")).hover();
  expect(await violationsInThemes("runs")).toEqual([]);
  for (const run of ["nodes", "overview"]) {
    await lab.page.locator(viewOf(run)).scrollIntoViewIfNeeded();
    expect(await violationsInThemes(run, viewOf(run))).toEqual([]);
  }
}, 180_000);
