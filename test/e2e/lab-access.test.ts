/**
 * The view for those who do not see it, or not well, in a real JupyterLab. Most runs are pretended
 * (support/fake_run.py): they can be stopped in every state.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { openFailed, openFake } from "../support/fake-notebook.js";
import { type Lab, screenshot, startLab } from "../support/lab.js";
import { notebookReady, runCell, saveNotebook, useTheme } from "../support/lab-notebook.js";
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

/** What axe finds serious or critical in what is ours, as `rule: element`. */
async function violations(): Promise<string[]> {
  if (await lab.page.evaluate(() => !("axe" in window))) await lab.page.evaluate(AXE);
  const { violations: found, passes } = await lab.page.evaluate(async (ours) => {
    // JupyterLab's html and body have no height, and axe takes nothing in such a page to be in sight.
    document.documentElement.style.height = document.body.style.height = "100%";
    return await window.axe.run({ include: [ours] }, { resultTypes: ["violations", "passes"] });
  }, OURS);
  // It has looked at the colours of ours, the line of a card's header at least.
  const colored = passes.find(({ id }) => id === "color-contrast")?.nodes ?? [];
  expect(colored.some(({ html }) => html.includes("dagbook-counts"))).toBe(true);
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

const BUCKETS = "[('load', 6000, 0.001, lambda i: []), ('clean', 6000, 0.001, lambda i: [('load', i)])]";

test("axe finds nothing serious in runs of every size that have ended", async () => {
  await openFake(
    lab,
    "axe",
    "fake_run.start('line', 'three', [('load', 3, 0.1, lambda i: [])])",
    "fake_run.start('nodes', 'report', fail=[8])",
    "fake_run.start('overview', 'A @ B → norm', fake_run.OVERVIEW, workers=8, fail=[740])",
  );
  await showsState(lab.page, "erred", "overview", 60_000);
  for (const run of ["line", "nodes", "overview"]) await ready(lab.page, run);
  await lab.page.locator(viewOf("nodes")).hover();
  expect(await violationsInThemes("runs")).toEqual([]);
  await lab.page.locator(viewOf("overview")).scrollIntoViewIfNeeded();
  expect(await violationsInThemes("overview", viewOf("overview"))).toEqual([]);
}, 180_000);

test("axe finds nothing serious in runs that go on, in buckets, and in a run that was saved while it ran", async () => {
  await openFake(
    lab,
    "axe-live",
    `fake_run.flood('buckets', 'large', ${BUCKETS}, seconds=600)`,
    "fake_run.start('cut', 'cut off')",
  );
  await ready(lab.page, "buckets");
  await showsState(lab.page, "running", "cut");
  await saveNotebook(lab.page);
  await lab.page.locator(viewOf("buckets")).scrollIntoViewIfNeeded();
  expect(await lab.page.getAttribute(viewOf("buckets"), "data-level")).toBe("buckets");
  expect(await violationsInThemes("running", viewOf("buckets"))).toEqual([]);
  await lab.endKernels();
  await lab.page.reload();
  await notebookReady(lab.page);
  await lab.page.waitForSelector(`${viewOf("cut")}[data-ready]:not([data-state="running"])`);
  expect(await violations()).toEqual([]);
}, 180_000);

test("axe finds nothing serious in a paused run, its menu, the drawer, the list of runs, a panel and a cancelled run", async () => {
  await openGated(lab, "axe-real.ipynb", 'await gatedSum("axe-gate", 20).compute()');
  await runCell(lab.page, 1);
  await isLive(lab.page, 1);
  const view = viewIn(lab.page, 1);
  await press(view, "pause");
  await showsState(lab.page, "paused");
  await view.locator(".dagbook-graph-keys").focus();
  for (const key of ["Home", "Enter", "Enter"]) await lab.page.keyboard.press(key);
  await view.locator(".dagbook-drawer dt", { hasText: "Call" }).waitFor();
  await view.locator(".dagbook-table-button").click();
  expect(await violationsInThemes("paused-drawer-table", ".dagbook-run")).toEqual([]);
  await view.locator(".dagbook-more-button").click();
  await lab.page.waitForSelector(".dagbook-menu");
  expect(await violations()).toEqual([]);
  await lab.page.keyboard.press("Escape");
  await lab.page.evaluate(() => window.jupyterapp!.commands.execute("dagbook:show-runs"));
  await lab.page.hover(".dagbook-items > li");
  await lab.page.click(".dagbook-items > li >> text=Open in panel");
  await lab.page.waitForSelector(".dagbook-panel .dagbook-run[data-ready]");
  expect(await violationsInThemes("sidebar-panel")).toEqual([]);
  const panel = lab.page.locator(".dagbook-panel .dagbook-run");
  await press(panel, "cancel");
  await lab.page.waitForSelector('.dagbook-panel .dagbook-run[data-state="cancelled"]');
  openGate(lab, "axe-gate");
  expect(await violations()).toEqual([]);
  expect(lab.pageErrors).toEqual([]);
}, 180_000);

test("the table is read always, and seen by those who press its button", async () => {
  await openFailed(lab, "table");
  const table = lab.page.locator(`${viewOf("table")} table`);
  expect(await table.locator("tbody th").allTextContents()).toEqual([
    "load_a",
    "load_b",
    "multiply",
    "sum_block",
    "row_norm",
    "total",
    "describe",
    "report",
  ]);
  const shown = lab.page.locator(`${viewOf("table")} > :has(> table)`);
  expect((await shown.boundingBox())!.width).toBeLessThan(2);
  const button = lab.page.locator(`${viewOf("table")} .dagbook-table-button`);
  await button.click();
  expect(await button.getAttribute("aria-expanded")).toBe("true");
  expect((await shown.boundingBox())!.width).toBeGreaterThan(600);
  await screenshot(lab.page, "access-table", viewOf("table"));
  await button.click();
  expect((await shown.boundingBox())!.width).toBeLessThan(2);
}, 90_000);

/** What of a view sticks out of it, or lies over something else: texts of elements. */
function misplaced(run: string): Promise<string[]> {
  return lab.page.locator(viewOf(run)).evaluate((view) => {
    const nameOf = (node: Element) => `${node.className} ${node.textContent?.slice(0, 30)}`;
    const isSeen = (node: Element) =>
      node.getClientRects().length > 0 && !node.closest(".dagbook-spoken, .dagbook-keys");
    const all = [...view.querySelectorAll("button, span, code, th, td, canvas, svg")].filter(isSeen);
    const edge = view.getBoundingClientRect();
    const out = all.filter((node) => {
      const box = node.getBoundingClientRect();
      return box.left < edge.left - 1 || box.right > edge.right + 1;
    });
    const scrolled = [view, ...view.querySelectorAll(".dagbook-chart, .dagbook-table, .dagbook-line")].filter(
      (node) => node.scrollWidth > node.clientWidth + 1,
    );
    const line = [...view.querySelectorAll(".dagbook-line > *, .dagbook-actions > button")].filter(isSeen);
    const over = line.filter((node, index) =>
      line.slice(index + 1).some((other) => {
        if (node.contains(other) || other.contains(node)) return false;
        const [a, b] = [node.getBoundingClientRect(), other.getBoundingClientRect()];
        return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
      }),
    );
    return [
      ...out.map((node) => `out: ${nameOf(node)}`),
      ...scrolled.map((node) => `scrolls: ${node.className} ${node.scrollWidth} > ${node.clientWidth}`),
      ...over.map((node) => `over: ${nameOf(node)}`),
    ];
  });
}

test("at 200 % and in outputs of 480 px nothing overlaps, is cut or scrolls sideways", async () => {
  await openFake(
    lab,
    "narrow",
    "fake_run.start('pills', 'report', fail=[8])",
    "fake_run.start('cards', 'A @ B → norm', fake_run.OVERVIEW, workers=8, fail=[740])",
  );
  await showsState(lab.page, "erred", "cards", 60_000);
  for (const run of ["pills", "cards"]) await lab.page.click(`${viewOf(run)} .dagbook-table-button`);
  const found: string[] = [];
  const widths: number[] = [];
  for (const [name, width] of [
    ["zoomed", 640],
    ["narrow", 0],
  ] as const) {
    if (width) {
      // 200 % of 1280 pixels: what the browser lays out is half as wide.
      await lab.page.setViewportSize({ width, height: 900 });
      await lab.page.evaluate(() => window.jupyterapp!.commands.execute("application:toggle-left-area"));
    } else {
      await lab.page.setViewportSize({ width: 1280, height: 1000 });
      await lab.page.addStyleTag({ content: ".dagbook-run { flex: none !important; width: 480px !important }" });
    }
    for (const run of ["pills", "cards"]) {
      await lab.page.locator(viewOf(run)).scrollIntoViewIfNeeded();
      await lab.page
        .waitForFunction((css) => {
          const view = document.querySelector(css)!;
          const picture = view.querySelector("canvas, .dagbook-picture svg");
          return picture && picture.getBoundingClientRect().width <= Math.max(400, view.clientWidth) + 1;
        }, viewOf(run))
        .catch(() => found.push(`${name} ${run}: the picture stays too wide`));
      await screenshot(lab.page, `access-${name}-${run}`, viewOf(run));
      widths.push(await lab.page.locator(viewOf(run)).evaluate((view) => view.clientWidth));
      found.push(...(await misplaced(run)).map((text) => `${name} ${run} ${text}`));
    }
  }
  expect(found).toEqual([]);
  expect(widths.slice(2)).toEqual([480, 480]);
  expect(Math.max(...widths)).toBeLessThan(640);
}, 120_000);

test("less motion, asked for by the system or by the settings, means no transition at all", async () => {
  const url = `${lab.url}/lab/api/settings/dagbook-labextension:renderer`;
  const setting = (raw: object) => fetch(url, { method: "PUT", body: JSON.stringify({ raw: JSON.stringify(raw) }) });
  const transition = () =>
    lab.page
      .locator(`${viewOf("calm")} .dagbook-actions`)
      .evaluate((node) => getComputedStyle(node).transitionDuration);
  const show = async () => {
    await openFake(lab, "calm", "fake_run.start('calm', 'report')");
    await ready(lab.page, "calm");
  };
  await show();
  expect(await transition()).toBe("0.12s");
  await lab.page.emulateMedia({ reducedMotion: "reduce" });
  await show();
  expect(await transition()).toBe("0s");
  await lab.page.emulateMedia({ reducedMotion: null });
  try {
    await setting({ reducedMotion: "on" });
    await show();
    expect(await transition()).toBe("0s");
  } finally {
    await setting({});
  }
}, 120_000);

test("where the system has colours of its own the picture takes them", async () => {
  await lab.page.emulateMedia({ forcedColors: "active" });
  await openFailed(lab, "forced");
  const [page, text] = await lab.page.evaluate(() => {
    const probe = document.createElement("span");
    probe.style.cssText = "forced-color-adjust: none; color: CanvasText; background-color: Canvas";
    document.body.append(probe);
    const { color, backgroundColor } = getComputedStyle(probe);
    return [backgroundColor, color];
  });
  // The first canvas has the ground and the names, those on it what changes.
  const ground = lab.page.locator(`${viewOf("forced")} canvas`).first();
  const seen = await ground.evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const colors = new Set<string>();
    for (let at = 0; at < data.length; at += 4) colors.add(`rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`);
    return { ground: `rgb(${data[0]}, ${data[1]}, ${data[2]})`, colors: [...colors] };
  });
  expect(seen.ground).toBe(page);
  expect(seen.colors).toContain(text);
  await screenshot(lab.page, "access-forced-colors", viewOf("forced"));
  expect(lab.pageErrors).toEqual([]);
}, 90_000);
