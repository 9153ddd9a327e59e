// What the live view costs in a real JupyterLab (headless Chromium): a flood of changes drawn, a run of 100,000 tasks
// watched and unwatched, the time to the first picture, the size of a saved run. Rivals where they can be compared: bars
// of tqdm's kind, whose text is sent anew with every update, in ipykernel.
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { join } from "node:path";
import { median } from "./median.mjs";
import { startMeter } from "./page-meter.mjs";

register("../support/typescript-loader.mjs", import.meta.url);
const { startLab } = await import("../support/lab.ts");
const { openNotebook, runCell, saveWith } = await import("../support/lab-notebook.ts");
const { ready, showsState } = await import("../support/run-view.ts");

const COUNTS = { seconds: 5, pairs: 4, tasks: 100_000, pictures: 5 };
const QUICK = { seconds: 1, pairs: 1, tasks: 2_000, pictures: 1 };
const RUN_MIME_TYPE = "application/vnd.dagbook.run.v1+json";

/** Longest a cell may take. */
const CELL_MS = 300_000;

/** As many changes of tasks, shown as tqdm does: a line of text for each of 4 bars, sent when it has changed. */
const TEXT_BARS = (seconds) => `
import time
from IPython.display import display
N, STEP = 4000, 125
bars = [display({"text/plain": ""}, raw=True, display_id=True) for _ in range(4)]
begin, k = time.time(), 0
while time.time() - begin < ${seconds}:
    k += 500
    for b, bar in enumerate(bars):
        done = k // 4 % N
        bar.update({"text/plain": f"bar {b}: {'#' * (done * 40 // N):40} {done}/{N}"}, raw=True)
    time.sleep(max(0, begin + k / 10000 - time.time()))
`;

/** The same graph every time: tasks of about 50 microseconds. A cell says how long it ran, and the CPU time of the kernel. */
const MANY = (tasks) => `
const busy = (turns: number): number => { let x = 1; for (let i = 0; i < turns; i++) x = (x * 16807) % 2147483647; return x; };
const step = delayed(busy, { name: "step" });
const count = delayed((...all: number[]) => all.length, { name: "count" });
const parts = Array.from({ length: ${tasks} / 100 }, () => count(...Array.from({ length: 99 }, () => step(5_000))));
const all = count(...parts);
const timed = async (progress: boolean) => {
  const [from, before] = [performance.now(), process.cpuUsage()];
  await all.compute({ progress });
  const { user, system } = process.cpuUsage(before);
  return \`took \${performance.now() - from} ms, \${(user + system) / 1000} ms of CPU\`;
};`;

/** The graph of a block-wise product: 2,160 tasks in the cell that is saved. */
const SAVED = `
const part = (name: string) => delayed((...inputs: number[]) => inputs.length, { name });
const [load, multiply, sum] = [part("load"), part("multiply"), part("sum")];
const a = Array.from({ length: 120 }, () => load());
const products = Array.from({ length: 1919 }, (_, i) => multiply(a[i % 120], a[(i * 7) % 120]));
const sums = Array.from({ length: 120 }, (_, i) => sum(...products.slice(i * 16, i * 16 + 16)));
await sum(...sums).compute();`;

/**
 * @param {{ quick: boolean }} options quick: tiny counts
 * @returns {Promise<import("./run.mjs").Row[]>}
 */
export async function rows({ quick }) {
  const counts = quick ? QUICK : COUNTS;
  const lab = await startLab();
  try {
    return [
      ...(await floodRows(lab, counts)),
      ...(await watchedRows(lab, counts)),
      await firstPictureRow(lab, counts),
      await savedRow(lab),
    ];
  } finally {
    await lab.close();
  }
}

/** 4,000 tiles at 10,000 changes a second. */
async function floodRows(lab, { seconds }) {
  const measured = async (name, cell, isShown) => {
    lab.write(name, "python3", [{ source: "import fake_run" }, { source: cell }]);
    await openNotebook(lab, name);
    await runCell(lab.page, 0);
    await runCell(lab.page, 1);
    await isShown();
    const meter = await startMeter(lab.page);
    await lab.page.waitForTimeout(seconds * 800);
    const figures = await meter.stop();
    await lab.endKernels();
    return figures;
  };
  const flood = `fake_run.flood('flood', 'wall', seconds=${seconds + 1})`;
  const ours = await measured("flood.ipynb", flood, () => ready(lab.page, "flood"));
  const bars = await measured("bars.ipynb", TEXT_BARS(seconds + 1), () =>
    lab.page.waitForSelector(".jp-OutputArea-output:has-text('#####')"),
  );
  const what = "4,000 tiles, 10,000 changes/s";
  return [
    { name: `${what}: one drawing`, unit: "ms", goal: "< 25 ms", ours: median(ours.draws), rivals: {} },
    {
      name: `${what}: time between frames`,
      unit: "ms",
      goal: "< 17 ms",
      ours: 1000 / ours.fps,
      rivals: { "text bars": 1000 / bars.fps },
    },
    {
      name: `${what}: CPU of the page`,
      unit: "%",
      goal: "",
      ours: ours.share * 100,
      rivals: { "text bars": bars.share * 100 },
    },
  ];
}

/** The same run with and without a view, in turns; the page with the notebook is open all the time. */
async function watchedRows(lab, { tasks, pairs }) {
  const isWatched = Array.from({ length: 2 * (pairs + 1) }, (_, k) => k % 4 === 0 || k % 4 === 3);
  const cells = isWatched.map((progress) => ({ source: `await timed(${progress})` }));
  lab.write("watched.ipynb", "dagbook", [{ source: MANY(tasks) }, ...cells]);
  await openNotebook(lab, "watched.ipynb");
  await runCell(lab.page, 0);
  const ratios = { ms: [], cpuMs: [] };
  for (let pair = 0; pair <= pairs; pair++) {
    const figures = { true: undefined, false: undefined };
    for (const k of [2 * pair, 2 * pair + 1]) figures[isWatched[k]] = await timesOf(lab.page, k + 1);
    // The first pair starts workers and compiles code.
    if (pair === 0) continue;
    for (const name of ["ms", "cpuMs"]) ratios[name].push(figures.true[name] / figures.false[name]);
  }
  await lab.endKernels();
  const name = `${tasks.toLocaleString("en")} tasks, more for being watched`;
  const percent = (values) => (median(values) - 1) * 100;
  return [
    { name: `${name}: time`, unit: "%", goal: "< 3 %", ours: percent(ratios.ms), rivals: {} },
    { name: `${name}: CPU of the kernel`, unit: "%", goal: "< 3 %", ours: percent(ratios.cpuMs), rivals: {} },
  ];
}

/** Runs a cell that says how long it took. */
async function timesOf(page, index) {
  await runCell(page, index);
  const said = page.locator(".jp-CodeCell").nth(index).locator(".jp-OutputArea-executeResult");
  await said.waitFor({ timeout: CELL_MS });
  const [ms, cpuMs] = (await said.textContent())
    .match(/took ([\d.]+) ms, ([\d.]+)/)
    .slice(1)
    .map(Number);
  return { ms, cpuMs };
}

/** From the execution of the cell to a view that is drawn. */
async function firstPictureRow(lab, { pictures }) {
  const times = [];
  const cell = `await delayed((...all: number[]) => all.length, { name: "all" })(...Array.from({ length: 200 }, (_, i) => delayed((n: number) => n, { name: "one" })(i))).compute()`;
  lab.write(
    "first.ipynb",
    "dagbook",
    Array.from({ length: pictures + 1 }, () => ({ source: cell })),
  );
  await openNotebook(lab, "first.ipynb");
  for (let k = 0; k <= pictures; k++) {
    const ms = await lab.page.evaluate(async (index) => {
      const app = window.jupyterapp;
      app.shell.currentWidget.content.activeCellIndex = index;
      const from = performance.now();
      void app.commands.execute("notebook:run-cell");
      while (document.querySelectorAll(".dagbook-run[data-ready]").length <= index)
        await new Promise(requestAnimationFrame);
      return performance.now() - from;
    }, k);
    await showsState(lab.page, "finished");
    // The first loads Vega, starts workers and compiles code.
    if (k > 0) times.push(ms);
  }
  await lab.endKernels();
  return {
    name: "cell run to first picture, 201 tasks",
    unit: "ms",
    goal: "< 300 ms",
    ours: median(times),
    rivals: {},
  };
}

/** What the notebook holds of a run, without its pictures. */
async function savedRow(lab) {
  lab.write("saved.ipynb", "dagbook", [{ source: SAVED }]);
  await openNotebook(lab, "saved.ipynb");
  await runCell(lab.page, 0);
  await showsState(lab.page, "finished");
  await saveWith(lab.page, '"state":"finished"');
  const file = JSON.parse(readFileSync(join(lab.folder, "saved.ipynb"), "utf8"));
  const bundle = JSON.stringify(file.cells[0].outputs.find(({ data }) => data?.[RUN_MIME_TYPE]).data[RUN_MIME_TYPE]);
  await lab.endKernels();
  return { name: "saved run of 2,160 tasks", unit: "KB", goal: "<= 40 KB", ours: bundle.length / 1000, rivals: {} };
}
