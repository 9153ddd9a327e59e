/** Runs that are over before a reader could look, in a real JupyterLab: nothing flashes, nothing jumps. */
import { type Lab, startLab } from "../support/lab.js";
import { openNotebook, runCell } from "../support/lab-notebook.js";
import { showsState, viewOf } from "../support/run-view.js";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab();
}, 60_000);
afterEach(() => lab.endKernels());
afterAll(() => lab?.close(), 30_000);

/** Three tasks in a row of `seconds` each. */
const start = (name: string, seconds: number) =>
  `fake_run.start("${name}", "${name}", [(f"f{k}", 1, ${seconds}, lambda i, k=k: [(f"f{k-1}", 0)] if k else []) for k in range(3)])`;

declare global {
  interface Window {
    heights: number[];
  }
}

test("of a reader who likes small graphs open, a run shorter than 0.3 s is its line and nothing moves below; a longer one opens", async () => {
  const url = `${lab.url}/lab/api/settings/dagbook-labextension:renderer`;
  const put = (raw: object) => fetch(url, { method: "PUT", body: JSON.stringify({ raw: JSON.stringify(raw) }) });
  expect((await put({ openSmallGraphs: true })).status).toBe(204);
  try {
    const cells = ["import fake_run", start("short", 0.01), start("long", 0.4)].map((source) => ({ source }));
    lab.write("short.ipynb", "python3", cells);
    await openNotebook(lab, "short.ipynb");
    await runCell(lab.page, 0);
    await lab.page.evaluate(() => {
      window.heights = [];
      const look = () => {
        const chart = document.querySelector<HTMLElement>(".dagbook-run[data-run='short'] .dagbook-chart");
        if (chart) window.heights.push(chart.offsetHeight);
        requestAnimationFrame(look);
      };
      look();
    });
    await runCell(lab.page, 1);
    await showsState(lab.page, "finished", "short");
    expect(await lab.page.getAttribute(viewOf("short"), "data-level")).toBe("line");
    await runCell(lab.page, 2);
    await lab.page.waitForSelector(`${viewOf("long")}[data-level="nodes"] .dagbook-chart svg`);
    await showsState(lab.page, "finished", "long");
    const heights = await lab.page.evaluate(() => window.heights);
    expect(heights.length).toBeGreaterThan(0);
    expect(Math.max(...heights)).toBe(0);
    expect(lab.pageErrors).toEqual([]);
  } finally {
    await put({});
  }
}, 60_000);
