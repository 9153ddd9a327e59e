/** Runs of 50,000 and 500,000 tasks of a real kernel in a real JupyterLab. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Lab, screenshot, startLab } from "../support/lab.js";
import { openNotebook, runCell, saveWith, useTheme } from "../support/lab-notebook.js";
import { flushes, ready, recordFlushes, showsState, viewOf } from "../support/run-view.js";

const MIME = "application/vnd.dagbook.run.v1+json";
let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ width: 1280, height: 1000 });
}, 60_000);
afterEach(() => lab.endKernels());
afterAll(() => lab?.close(), 30_000);

/** load -> clean, `pairs` of each, and a sum of every hundred: independent parts, so that all cards move together */
const graphOf = (pairs: number, body: string) => `
const load = delayed((i: number) => i, { name: "load" });
const clean = delayed((i: number) => { ${body}; return i + 1; }, { name: "clean" });
const add = delayed((...values: number[]) => values.reduce((a, b) => a + b, 0), { name: "add" });
const parts = Array.from({ length: ${pairs / 100} }, (_, k) =>
  add(...Array.from({ length: 100 }, (_, i) => clean(load(k * 100 + i)))));
await add(...parts).compute({ optimize: false });`;

async function run(name: string, source: string): Promise<void> {
  lab.write(`${name}.ipynb`, "dagbook", [{ source }]);
  await openNotebook(lab, `${name}.ipynb`);
  await recordFlushes(lab.page);
  await runCell(lab.page, 0);
}

function savedRun(name: string) {
  const { outputs } = JSON.parse(readFileSync(join(lab.folder, `${name}.ipynb`), "utf8")).cells[0];
  return outputs.find((output: { data?: object }) => output.data && MIME in output.data).data[MIME];
}

const counts = (text: string) => Number(text.match(/([\d,]+) of/)?.[1]?.replaceAll(",", "") ?? Number.NaN);

test("50,000 tasks are shown as buckets with exact counts, and saved with them", async () => {
  await run("buckets", graphOf(24_800, ""));
  await ready(lab.page);
  await screenshot(lab.page, "scale-50000-live", viewOf());
  await showsState(lab.page, "finished", undefined, 120_000);
  expect(await lab.page.getAttribute(viewOf(), "data-level")).toBe("buckets");
  const drawn = await flushes(lab.page);
  expect(drawn.at(-1)!.counts).toBe("finished · 49,849 tasks");
  const done = drawn.map((flush) => counts(flush.counts)).filter(Number.isFinite);
  expect(done).toEqual([...done].sort((a, b) => a - b));
  await saveWith(lab.page, '"state":"finished"');
  const { tasks, sums, groups, n } = savedRun("buckets");
  expect([tasks, n]).toEqual([null, 49_849]);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  expect(sum(sums.buckets.done)).toBe(49_849);
  expect(sums.buckets.done.length).toBe(
    sum(groups.map((group: { n: number }) => Math.ceil(group.n / sums.buckets.size))),
  );
  await screenshot(lab.page, "scale-50000-light", viewOf());
  await useTheme(lab.page, "JupyterLab Dark");
  await screenshot(lab.page, "scale-50000-dark", viewOf());
  await useTheme(lab.page, "JupyterLab Light");
  expect(lab.pageErrors).toEqual([]);
}, 180_000);

test("a task that fails among 20,000 is counted, listed and shown in red", async () => {
  await run("failing", graphOf(9_900, "if (i === 4321) throw new RangeError('no data in part 4321')"));
  await showsState(lab.page, "erred", undefined, 120_000);
  await ready(lab.page);
  expect(await lab.page.textContent(`${viewOf()} .dagbook-failed`)).toBe("1 failed");
  expect(await lab.page.textContent(`${viewOf()} .dagbook-message`)).toContain("no data in part 4321");
  await screenshot(lab.page, "scale-failed", viewOf());
}, 180_000);

test("500,000 tasks are drawn twice a second while they run, up to their end", async () => {
  // A few seconds on two workers, also on a machine with nothing else to do.
  await run("vast", graphOf(248_800, "for (const end = performance.now() + 0.04; performance.now() < end; );"));
  await ready(lab.page);
  await lab.page.waitForFunction(
    () => window.flushes.filter(({ state }) => state === "running").length > 3,
    undefined,
    {
      timeout: 120_000,
    },
  );
  await screenshot(lab.page, "scale-500000-live", viewOf());
  await showsState(lab.page, "finished", undefined, 240_000);
  const drawn = (await flushes(lab.page)).filter(({ state }) => state === "running");
  const waits = drawn.slice(1).map(({ at }, k) => at - drawn[k]!.at);
  expect(Math.min(...waits.slice(1))).toBeGreaterThan(300);
  expect((await flushes(lab.page)).at(-1)!.counts).toBe("finished · 500,089 tasks");
  await screenshot(lab.page, "scale-500000-light", viewOf());
}, 300_000);
