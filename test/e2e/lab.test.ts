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
  openComms,
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
afterEach(async () => {
  rmSync(join(lab.folder, "hold"), { force: true });
  await lab.endKernels();
});
afterAll(() => lab?.close(), 30_000);

/** Opens a new notebook whose second cell is \`source\`, with the definitions run. */
async function open(name: string, source: string): Promise<void> {
  lab.write(name, "dagbook", [{ source: DEFINITIONS }, { source }]);
  await openNotebook(lab, name);
  await runCell(lab.page, 0);
  await lab.page.waitForSelector(".jp-Cell:has(.jp-InputPrompt:text('[1]:'))");
}

/** The run of the second cell as the file of a notebook holds it. */
function savedData(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(lab.folder, name), "utf8")).cells[1].outputs[0].data;
}

const stateOf = (data: Record<string, unknown>) =>
  (data["application/vnd.dagbook.run.v1+json"] as { readonly state: string }).state;

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
  expect(stateOf(savedData("reload.ipynb"))).toBe("running");
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
  const data = savedData("reload.ipynb");
  expect(stateOf(data)).toBe("finished");
  expect([data["text/plain"]].flat().join("")).toMatch(/^report · finished · 24 tasks · .*\n\nfunction /);
  expect([data["image/svg+xml"]].flat().join("")).toContain("<title>report: finished, 24 tasks</title>");
  expect(data["image/png"]).toMatch(/^iVBORw0KGgo/);
  // The page that is gone has closed its comm.
  expect(await openComms(lab.page, "dagbook.run")).toBe(1);
}, 60_000);

test("the saved notebook shows the end of the run before any cell has been run", async () => {
  await openNotebook(lab, "reload.ipynb");
  await ready(lab.page);
  expect(await lab.page.textContent(`${viewOf()} .dagbook-counts`)).toBe("finished · 24 tasks");
  await screenshot(lab.page, "kernel-reopened");
}, 30_000);

test("a loop of runs fills twenty outputs and a last one, which is drawn as the newest run", async () => {
  const loop = `for (let i = 0; i < 22; i++) await named("turn")(16).compute();
await graph(16).compute({ workers: 2 })`;
  await open("loop.ipynb", loop);
  await runCell(lab.page, 1);
  await lab.page.waitForSelector(".jp-OutputArea-executeResult");
  const last = lab.page.locator(viewOf()).nth(20);
  await last.scrollIntoViewIfNeeded();
  await lab.page.waitForFunction(
    (selector) => document.querySelectorAll<HTMLElement>(selector)[20]?.dataset.ready === "true",
    viewOf(),
  );
  expect(await lab.page.locator(viewOf()).count()).toBe(21);
  expect(await last.locator(".dagbook-title").textContent()).toBe("report");
  expect(await last.locator(".dagbook-counts").textContent()).toBe("finished · 24 tasks");
  expect(await last.locator(".dagbook-chart svg, .dagbook-chart canvas").count()).toBe(1);
  expect(lab.pageErrors).toEqual([]);
  await screenshot(lab.page, "kernel-loop");
}, 40_000);

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
