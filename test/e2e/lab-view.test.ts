/**
 * The view in a real JupyterLab against a second implementation of the contract (support/fake_run.py in
 * ipykernel), which can be told to do what a real run does not do on demand.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Lab, screenshot, startLab } from "../support/lab.js";
import { notebookReady, openNotebook, runCell, saveNotebook, saveWith, useTheme } from "../support/lab-notebook.js";
import { flushes, flushRate, ready, recordFlushes, seqOf, showsState, viewOf } from "../support/run-view.js";

const MIME = "application/vnd.dagbook.run.v1+json";
let lab: Lab;

beforeAll(async () => {
  lab = await startLab();
}, 60_000);
afterEach(async () => {
  await lab.page.emulateMedia({ reducedMotion: null });
  await lab.endKernels();
});
afterAll(() => lab?.close(), 30_000);

/** Opens a new notebook whose first cell loads the fake and whose others are `sources`. */
async function open(name: string, ...sources: string[]): Promise<void> {
  lab.write(name, "python3", [{ source: "import fake_run" }, ...sources.map((source) => ({ source }))]);
  await openNotebook(lab, name);
  await runCell(lab.page, 0);
}

/** The data of a cell's output in the file of a notebook. */
function savedData(name: string, cell: number): Record<string, unknown> {
  return JSON.parse(readFileSync(join(lab.folder, name), "utf8")).cells[cell].outputs[0].data;
}

test("a run is drawn ten times a second and more, up to its end", async () => {
  await open("live.ipynb", "fake_run.start('live', 'report')");
  await recordFlushes(lab.page);
  await runCell(lab.page, 1);
  await ready(lab.page, "live");
  await showsState(lab.page, "finished", "live");
  const drawn = await flushes(lab.page);
  expect(flushRate(drawn)).toBeGreaterThanOrEqual(10);
  const progress = drawn.filter((flush) => flush.state === "running").map((flush) => flush.counts);
  expect(new Set(progress).size).toBeGreaterThanOrEqual(5);
  expect(drawn.at(-1)!.counts).toBe("finished · 13 tasks");
  expect(lab.pageErrors).toEqual([]);
}, 30_000);

test("a page that is reloaded in mid-run is alive again within two seconds, and saves the end", async () => {
  await open(
    "reload.ipynb",
    "fake_run.start('reload', 'A @ B', fake_run.OVERVIEW, workers=2)",
    "fake_run.hurry('reload')",
  );
  await runCell(lab.page, 1);
  await ready(lab.page, "reload");
  await saveNotebook(lab.page);
  const before = await seqOf(lab.page, "reload");
  await lab.page.reload();
  await notebookReady(lab.page);
  const from = Date.now();
  await lab.page.waitForFunction(
    ({ selector, seq }) => Number(document.querySelector<HTMLElement>(selector)?.dataset.seq) > seq + 2,
    { selector: viewOf("reload"), seq: before },
    { timeout: 2000 },
  );
  expect(Date.now() - from).toBeLessThan(2000);
  await showsState(lab.page, "running", "reload");
  await runCell(lab.page, 2);
  await showsState(lab.page, "finished", "reload");
  await saveWith(lab.page, '"state":"finished"');
  const data = savedData("reload.ipynb", 1);
  expect(data[MIME]).toMatchObject({ state: "finished" });
  expect(data["text/plain"]).toEqual(["A @ B by the kernel"]);
}, 40_000);

test("a saved notebook shows the final picture without asking a kernel", async () => {
  const data = savedData("reload.ipynb", 1);
  lab.write("saved.ipynb", "no-such-kernel", [
    { source: "", outputs: [{ output_type: "display_data", metadata: {}, data }] },
  ]);
  await lab.page.goto(`${lab.url}/lab/tree/saved.ipynb?reset`);
  await ready(lab.page, "reload");
  expect(await lab.page.getAttribute(viewOf("reload"), "data-state")).toBe("finished");
  expect(await lab.page.locator(`${viewOf("reload")} canvas, ${viewOf("reload")} svg`).count()).toBeGreaterThan(0);
}, 30_000);

test("the Cancel button stops a run", async () => {
  await open("cancel.ipynb", "fake_run.start('cancel', 'A @ B', fake_run.OVERVIEW)");
  await runCell(lab.page, 1);
  await ready(lab.page, "cancel");
  await lab.page.click(`${viewOf("cancel")} .dagbook-cancel`);
  await showsState(lab.page, "cancelled", "cancel", 2000);
  await lab.page.waitForSelector(`${viewOf("cancel")} .dagbook-cancel`, { state: "hidden" });
}, 30_000);

test("a run of few tasks is one line, whose graph opens on a click", async () => {
  await open("line.ipynb", "fake_run.start('line', 'three', [('load', 3, 0.2, lambda i: [])])");
  await runCell(lab.page, 1);
  await showsState(lab.page, "finished", "line");
  await ready(lab.page, "line");
  const picture = lab.page.locator(`${viewOf("line")} .dagbook-chart svg`);
  expect(await picture.count()).toBe(0);
  await screenshot(lab.page, "view-line", viewOf("line"));
  await lab.page.click(`${viewOf("line")} .dagbook-toggle`);
  await picture.waitFor();
  await lab.page.click(`${viewOf("line")} .dagbook-toggle`);
  await picture.waitFor({ state: "detached" });
}, 30_000);

test("nothing is drawn out of sight, and what was missed is there when it comes back", async () => {
  await open("sight.ipynb", "fake_run.start('sight', 'report')");
  await runCell(lab.page, 1);
  await ready(lab.page, "sight");
  const show = (display: string) =>
    lab.page.locator(viewOf("sight")).evaluate((node, value) => {
      node.style.display = value;
    }, display);
  await show("none");
  await recordFlushes(lab.page);
  await lab.page.waitForTimeout(1000);
  expect((await flushes(lab.page)).length).toBeLessThanOrEqual(1);
  const hidden = await seqOf(lab.page, "sight");
  await show("");
  await lab.page.waitForFunction(() => window.flushes.length > 2);
  expect(await seqOf(lab.page, "sight")).toBeGreaterThan(hidden + 15);
}, 30_000);

test("a reader who wants less motion gets two drawings a second", async () => {
  await lab.page.emulateMedia({ reducedMotion: "reduce" });
  await open("calm.ipynb", "fake_run.start('calm', 'report')");
  await recordFlushes(lab.page);
  await runCell(lab.page, 1);
  await lab.page.waitForFunction(() => window.flushes.filter((flush) => flush.state === "running").length > 4);
  expect(flushRate(await flushes(lab.page))).toBeLessThan(3);
}, 30_000);

test("after a message was lost the view asks for the whole state and goes on", async () => {
  await open("gap.ipynb", "fake_run.start('gap', 'report', drop=[8])");
  await recordFlushes(lab.page);
  await runCell(lab.page, 1);
  await showsState(lab.page, "finished", "gap");
  const live = (await flushes(lab.page)).filter((flush) => flush.state === "running");
  expect(live.filter((flush) => flush.seq > 8).length).toBeGreaterThan(3);
}, 30_000);

test("a kernel that is restarted freezes the view and says so", async () => {
  await open("restart.ipynb", "fake_run.start('restart', 'report')");
  await runCell(lab.page, 1);
  await ready(lab.page, "restart");
  await lab.page.evaluate(() => void window.jupyterapp!.shell.currentWidget!.sessionContext.session!.kernel!.restart());
  await showsState(lab.page, "restarted", "restart");
  expect(await lab.page.textContent(`${viewOf("restart")} .dagbook-counts`)).toMatch(/^kernel restarted · /);
}, 30_000);

test("labels that look like HTML, and very long ones, are shown as text inside the card", async () => {
  const label = "<img src=x onerror=window.hacked=1>";
  const groups = `[(${JSON.stringify(label)} + "m" * 400, 7, 0.1, lambda i: [])]`;
  const title = `"<script>window.hacked=1</script>" + "m" * 2000`;
  await open("hostile.ipynb", `fake_run.start('hostile', ${title}, ${groups}, fail=[3])`);
  await runCell(lab.page, 1);
  await showsState(lab.page, "erred", "hostile");
  await ready(lab.page, "hostile");
  const view = lab.page.locator(viewOf("hostile"));
  expect(await view.locator(".dagbook-title").textContent()).toMatch(/^<script>window.hacked=1<\/script>m+…$/);
  expect(await view.locator(".dagbook-key").textContent()).toMatch(/^<img src=x onerror=window.hacked=1>m+…$/);
  const { hacked, overflow } = await view.evaluate((node) => ({
    hacked: "hacked" in window,
    overflow: node.scrollWidth - node.clientWidth,
  }));
  expect({ hacked, overflow }).toEqual({ hacked: false, overflow: 0 });
  await screenshot(lab.page, "view-hostile", viewOf("hostile"));
}, 30_000);

test("a graph that was only drawn shows its tasks, and no progress", async () => {
  await open("planned.ipynb", "fake_run.planned('planned', 'report')");
  await runCell(lab.page, 1);
  await ready(lab.page, "planned");
  expect(await lab.page.textContent(`${viewOf("planned")} .dagbook-counts`)).toBe("not run yet · 13 tasks");
  expect(await lab.page.isVisible(`${viewOf("planned")} .dagbook-bar`)).toBe(false);
}, 30_000);

test("light and dark themes are followed while a run is shown", async () => {
  await open(
    "themes.ipynb",
    "fake_run.start('small', 'report', fail=[8])",
    "fake_run.start('overview', 'A @ B → norm', fake_run.OVERVIEW, workers=8, fail=[740])",
  );
  await runCell(lab.page, 1);
  await runCell(lab.page, 2);
  await ready(lab.page, "overview");
  const ground = () =>
    lab.page.evaluate((css) => getComputedStyle(document.querySelector(css)!).backgroundColor, viewOf("small"));
  await screenshot(lab.page, "view-live-light", viewOf("overview"));
  await showsState(lab.page, "erred", "small");
  const light = await ground();
  await screenshot(lab.page, "view-small-light", viewOf("small"));
  await useTheme(lab.page, "JupyterLab Dark");
  await screenshot(lab.page, "view-live-dark", viewOf("overview"));
  await screenshot(lab.page, "view-small-dark", viewOf("small"));
  expect(await ground()).not.toBe(light);
  await showsState(lab.page, "erred", "overview");
  await screenshot(lab.page, "view-overview-dark", viewOf("overview"));
  await useTheme(lab.page, "JupyterLab Light");
  await screenshot(lab.page, "view-overview-light", viewOf("overview"));
}, 40_000);
