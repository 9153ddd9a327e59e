/**
 * The whole thread in a real JupyterLab: cells of the dagbook kernel run graphs on worker threads, and
 * the extension draws them.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Lab, screenshot, startLab } from "../support/lab.js";
import {
  kernelIdle,
  notebookReady,
  openNotebook,
  runCell,
  saveNotebook,
  saveWith,
  useTheme,
} from "../support/lab-notebook.js";
import { flushes, flushRate, ready, recordFlushes, seqOf, showsState, viewOf } from "../support/run-view.js";

// 24 tasks; each reports its progress 16 times, and goes on as long as the file `hold` exists.
const DEFINITIONS = `
import { existsSync } from "node:fs";
const step = async (ms: number, ...inputs: number[]): Promise<number> => {
  for (let i = 1; i <= 16 || existsSync("hold"); i++) {
    await new Promise((done) => setTimeout(done, ms / 16));
    progress((i % 17) / 16);
  }
  return inputs.length;
};
const named = (name: string) => delayed(step, { name });
const graph = (ms: number) => {
  const loads = Array.from({ length: 10 }, () => named("load")(ms));
  const cleans = loads.map((load, i) => named("clean")(ms, load, loads[(i + 1) % 10]));
  const pairs = [0, 3, 6].map((first) => named("pair")(ms, ...cleans.slice(first, first + 4)));
  return named("report")(ms, ...pairs);
};`;
let lab: Lab;

beforeAll(async () => {
  lab = await startLab();
}, 60_000);
afterEach(() => lab.endKernels());
afterAll(() => lab?.close(), 30_000);

/** Opens a new notebook whose second cell is \`source\`, with the definitions run. */
async function open(name: string, source: string): Promise<void> {
  lab.write(name, "dagbook", [{ source: DEFINITIONS }, { source }]);
  await openNotebook(lab, name);
  await runCell(lab.page, 0);
  await lab.page.waitForSelector(".jp-Cell:has(.jp-InputPrompt:text('[1]:'))");
}

/** The state in which the file of a notebook holds the run of its second cell. */
function savedState(name: string): string {
  const notebook = JSON.parse(readFileSync(join(lab.folder, name), "utf8"));
  return notebook.cells[1].outputs[0].data["application/vnd.dagbook.run.v1+json"].state;
}

test("a cell's graph is drawn live while its tasks report progress, up to its end", async () => {
  await open("live.ipynb", "await graph(400).compute({ workers: 2 })");
  await recordFlushes(lab.page);
  await runCell(lab.page, 1);
  await ready(lab.page);
  await screenshot(lab.page, "kernel-live-light", viewOf());
  await showsState(lab.page, "finished");
  const drawn = await flushes(lab.page);
  const counts = drawn.filter((flush) => flush.state === "running").map((flush) => flush.counts);
  expect(new Set(counts).size).toBeGreaterThanOrEqual(3);
  expect(flushRate(drawn)).toBeGreaterThanOrEqual(10);
  expect(drawn.at(-1)!.counts).toBe("finished · 24 tasks");
  await lab.page.waitForSelector(".jp-OutputArea-executeResult");
  await screenshot(lab.page, "kernel-finished-light", viewOf());
  await useTheme(lab.page, "JupyterLab Dark");
  await screenshot(lab.page, "kernel-finished-dark", viewOf());
  await useTheme(lab.page, "JupyterLab Light");
  expect(lab.pageErrors).toEqual([]);
}, 40_000);

test("the Cancel button stops a run, and the kernel goes on", async () => {
  await open("cancel.ipynb", "await graph(4000).compute({ workers: 2 })");
  await runCell(lab.page, 1);
  await ready(lab.page);
  await lab.page.click(`${viewOf()} .dagbook-cancel`);
  await showsState(lab.page, "cancelled", undefined, 3000);
  await lab.page.waitForSelector(".jp-OutputArea-output:has-text('CancelledError')");
  await kernelIdle(lab.page);
}, 40_000);

test("a page that is reloaded in mid-run is alive again within two seconds, and saves the end", async () => {
  const hold = join(lab.folder, "hold");
  writeFileSync(hold, "");
  await open("reload.ipynb", "await graph(300).compute({ workers: 2 })");
  await runCell(lab.page, 1);
  await ready(lab.page);
  await saveNotebook(lab.page);
  const seq = await seqOf(lab.page);
  expect(savedState("reload.ipynb")).toBe("running");
  await lab.page.reload();
  await notebookReady(lab.page, ["idle", "busy"]);
  await lab.page.waitForFunction(
    ({ selector, before }) => {
      const view = document.querySelector<HTMLElement>(selector);
      return view?.dataset.state === "running" && Number(view.dataset.seq) > before + 2;
    },
    { selector: viewOf(), before: seq },
    { timeout: 2000 },
  );
  rmSync(hold);
  await showsState(lab.page, "finished", undefined, 30_000);
  await saveWith(lab.page, '"state":"finished"');
  expect(savedState("reload.ipynb")).toBe("finished");
}, 60_000);

test("the saved notebook shows the end of the run before any cell has been run", async () => {
  await openNotebook(lab, "reload.ipynb");
  await ready(lab.page);
  expect(await lab.page.textContent(`${viewOf()} .dagbook-counts`)).toBe("finished · 24 tasks");
  await screenshot(lab.page, "kernel-reopened");
}, 30_000);

test("Notebook 7 draws a run live", async () => {
  lab.write("seven.ipynb", "dagbook", [{ source: `${DEFINITIONS}\nawait graph(200).compute({ workers: 2 })` }]);
  await lab.page.goto(`${lab.url}/notebooks/seven.ipynb`);
  await notebookReady(lab.page);
  await recordFlushes(lab.page);
  await runCell(lab.page, 0);
  await showsState(lab.page, "finished");
  const live = (await flushes(lab.page)).filter((flush) => flush.state === "running");
  expect(live.length).toBeGreaterThan(5);
  await screenshot(lab.page, "kernel-notebook-7");
}, 40_000);
