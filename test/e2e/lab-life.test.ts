/** What may happen to the page of a run, in a real JupyterLab with a real kernel. */
import { type Lab, startLab } from "../support/lab.js";
import { notebookReady, runCell, saveNotebook, saveWith } from "../support/lab-notebook.js";
import { cellAt, countsIn, isLive, openGate, openGated, press, viewIn } from "../support/lab-runs.js";
import { showsState } from "../support/run-view.js";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab();
}, 90_000);
afterEach(() => lab.endKernels());
afterAll(() => lab?.close(), 30_000);

test("a page that is reloaded in mid-run controls the run, and a retry after a reload takes its place", async () => {
  const source = `const mended = delayed(() => {
  if (!process.getBuiltinModule("node:fs").existsSync("mended")) throw new Error("no");
  return 1;
});
await total([gated("reload-gate", 1), mended()]).compute()`;
  await openGated(lab, "reload.ipynb", 'await gatedSum("reload-gate", 20).compute()', source);
  await runCell(lab.page, 1);
  await isLive(lab.page, 1);
  await saveNotebook(lab.page);
  await lab.page.reload();
  await notebookReady(lab.page, ["idle", "busy"]);
  await isLive(lab.page, 1);
  await press(viewIn(lab.page, 1), "pause");
  await showsState(lab.page, "paused");
  // A page that comes to a paused run sees that it is paused.
  await lab.page.reload();
  await notebookReady(lab.page, ["idle", "busy"]);
  await showsState(lab.page, "paused");
  await press(viewIn(lab.page, 1), "resume");
  await showsState(lab.page, "running");
  openGate(lab, "reload-gate");
  await showsState(lab.page, "finished");
  await saveWith(lab.page, '"state":"finished"');
  await lab.page.reload();
  await notebookReady(lab.page, ["idle", "busy"]);
  const before = await viewIn(lab.page, 1).getAttribute("data-run");
  await press(viewIn(lab.page, 1), "rerun");
  await lab.page.waitForSelector(`.dagbook-run[data-state="finished"]:not([data-run="${before}"])`);

  // A cell that is run before the page has its kernel is run by nobody.
  await notebookReady(lab.page);
  await runCell(lab.page, 2);
  await showsState(lab.page, "erred");
  await saveWith(lab.page, '"state":"erred"');
  await lab.page.reload();
  await notebookReady(lab.page, ["idle", "busy"]);
  await countsIn(lab.page, 2)
    .filter({ hasText: /^failed/ })
    .waitFor();
  const failed = await viewIn(lab.page, 2).getAttribute("data-run");
  openGate(lab, "mended");
  await press(viewIn(lab.page, 2), "retry");
  await lab.page.waitForSelector(
    `.dagbook-run[data-state="finished"]:not([data-run="${before}"]):not([data-run="${failed}"])`,
  );
  await countsIn(lab.page, 2)
    .filter({ hasText: /^finished/ })
    .waitFor();
  expect(lab.pageErrors).toEqual([]);
}, 90_000);

test("a second view of an output follows the run and controls it", async () => {
  await openGated(lab, "second.ipynb", 'await gatedSum("second-gate", 20).compute()');
  await runCell(lab.page, 1);
  await isLive(lab.page, 1);
  await lab.page.evaluate(() => window.jupyterapp!.commands.execute("notebook:create-output-view"));
  const second = lab.page.locator(".jp-LinkedOutputView .dagbook-run");
  await second.locator(".dagbook-counts", { hasText: "running" }).waitFor();
  await second.hover();
  await second.locator(".dagbook-pause").click();
  await lab.page.waitForFunction(
    () =>
      document.querySelectorAll('.dagbook-run[data-state="paused"]').length === 2 ||
      document.querySelector('.jp-LinkedOutputView .dagbook-run[data-state="paused"]') !== null,
  );
  await second.locator(".dagbook-resume").click();
  openGate(lab, "second-gate");
  await lab.page.waitForSelector('.jp-LinkedOutputView .dagbook-run[data-state="finished"]');
}, 60_000);

test("a notebook that is closed and opened again while its kernel lives shows the run as it stands", async () => {
  await openGated(lab, "closed.ipynb", 'await gatedSum("closed-gate", 20).compute()');
  await runCell(lab.page, 1);
  await isLive(lab.page, 1);
  await saveNotebook(lab.page);
  await lab.page.evaluate(() => window.jupyterapp!.commands.execute("application:close-all"));
  const isClosed = lab.page.waitForSelector(".jp-Notebook", { state: "detached" });
  // A task may have printed since the notebook was saved: then JupyterLab asks.
  const save = lab.page.locator(".jp-Dialog button.jp-mod-accept").click();
  await Promise.race([isClosed, save.catch(() => undefined)]);
  await isClosed;
  await lab.page.evaluate(() => window.jupyterapp!.commands.execute("docmanager:open", { path: "closed.ipynb" }));
  await isLive(lab.page, 1);
  openGate(lab, "closed-gate");
  await showsState(lab.page, "finished");
}, 60_000);

test("after a restart of the kernel the view says so and offers nothing that cannot be done", async () => {
  await openGated(lab, "restart.ipynb", 'await gatedSum("restart-gate", 20).compute()');
  await runCell(lab.page, 1);
  await isLive(lab.page, 1);
  await lab.page.evaluate(() => window.jupyterapp!.shell.currentWidget!.sessionContext.session!.kernel!.restart());
  await showsState(lab.page, "restarted");
  await viewIn(lab.page, 1).hover();
  expect(await viewIn(lab.page, 1).locator(".dagbook-actions button:visible").count()).toBe(0);
}, 60_000);

test("two pages show one run; what one does the other sees", async () => {
  await openGated(lab, "two.ipynb", 'await gatedSum("two-gate", 20).compute()');
  await runCell(lab.page, 1);
  await isLive(lab.page, 1);
  await saveNotebook(lab.page);
  const other = await lab.page.context().browser()!.newPage();
  try {
    await other.goto(`${lab.url}/lab/workspaces/other/tree/two.ipynb?reset`);
    await notebookReady(other, ["idle", "busy"]);
    await isLive(other, 1);
    await viewIn(other, 1).hover();
    await viewIn(other, 1).locator(".dagbook-pause").click();
    await showsState(lab.page, "paused");
    await press(viewIn(lab.page, 1), "resume");
    await showsState(other, "running");
    openGate(lab, "two-gate");
    await Promise.all([showsState(lab.page, "finished"), showsState(other, "finished")]);
  } finally {
    await other.close();
  }
}, 90_000);

test("a run stands in the cell that started it, also if another one runs then", async () => {
  await openGated(
    lab,
    "other-cell.ipynb",
    'openGateLater(); function openGateLater() { setTimeout(() => void gatedSum("other-gate", 8).compute(), 300); }',
    'await gated("other-gate", 1).compute()',
  );
  await runCell(lab.page, 1);
  await runCell(lab.page, 2);
  await isLive(lab.page, 2);
  await isLive(lab.page, 1);
  openGate(lab, "other-gate");
  for (const cell of [1, 2])
    await countsIn(lab.page, cell)
      .filter({ hasText: /^finished/ })
      .waitFor();
}, 60_000);

test("a hidden page draws nothing and loses nothing", async () => {
  await openGated(lab, "hidden.ipynb", 'await gatedSum("hidden-gate", 20).compute()');
  await runCell(lab.page, 1);
  await isLive(lab.page, 1);
  await setHidden(true);
  const drawn = await lab.page.evaluate(() => {
    const view = document.querySelector<HTMLElement>(".dagbook-run")!;
    const seen: number[] = [];
    new MutationObserver(() => seen.push(performance.now())).observe(view, { attributes: true });
    Object.assign(window, { seenWhileHidden: seen });
    return view.dataset.seq;
  });
  openGate(lab, "hidden-gate");
  await cellAt(lab.page, 1).locator(".jp-OutputArea-output", { hasText: /^190$/ }).waitFor();
  const whileHidden = await lab.page.evaluate(() => Reflect.get(window, "seenWhileHidden").length);
  expect(whileHidden).toBe(0);
  await setHidden(false);
  await showsState(lab.page, "finished");
  expect(Number(await viewIn(lab.page, 1).getAttribute("data-seq"))).toBeGreaterThan(Number(drawn));
}, 60_000);

/** As a browser tells it: a headless Chromium hides no page, neither behind another tab nor in a minimized window. */
async function setHidden(isHidden: boolean): Promise<void> {
  await lab.page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
}

test("a run whose page was closed before it was saved is in the list, in a panel, and told by the kernel with its pictures", async () => {
  openGate(lab, "lost-gate");
  await openGated(lab, "lost.ipynb", 'await gatedSum("lost-gate", 8).compute()');
  await saveNotebook(lab.page);
  await runCell(lab.page, 1);
  await showsState(lab.page, "finished");
  const run = (await viewIn(lab.page, 1).getAttribute("data-run"))!;
  await lab.page.goto("about:blank");
  await lab.page.goto(`${lab.url}/lab/tree/lost.ipynb?reset`);
  await notebookReady(lab.page, ["idle", "busy"]);
  expect(await lab.page.locator(".dagbook-run").count()).toBe(0);
  const end = await lab.page.evaluate(async (id) => {
    // biome-ignore lint/suspicious/noExplicitAny: a page of JupyterLab has no types here
    const { kernel } = window.jupyterapp!.shell.currentWidget!.sessionContext.session as any;
    const comm = kernel.createComm("dagbook.run");
    const answer = new Promise<{ content: { data: Record<string, unknown> } }>((resolve) => {
      comm.onMsg = resolve;
    });
    comm.open();
    comm.send({ kind: "subscribe", run: id });
    const { data } = (await answer).content;
    comm.close();
    return data;
  }, run);
  expect(end).toMatchObject({ kind: "end", run, bundle: { state: "finished", n: 9 } });
  expect(Object.keys(end.display as object).sort()).toEqual(["image/png", "image/svg+xml", "text/plain"]);
  await lab.page.evaluate(() => window.jupyterapp!.commands.execute("dagbook:show-runs"));
  await lab.page.locator(".dagbook-item-main", { hasText: "finished · 9 tasks" }).click();
  await lab.page.waitForSelector(`.dagbook-panel .dagbook-run[data-run="${run}"][data-state="finished"]`);
}, 60_000);
