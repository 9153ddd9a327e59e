/** The view for those who have no pointer, in a real JupyterLab; the runs are pretended (support/fake_run.py). */
import { openFailed, openFake } from "../support/fake-notebook.js";
import { type Lab, screenshot, startLab } from "../support/lab.js";
import { ready, showsState, viewOf } from "../support/run-view.js";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ width: 1280, height: 1000 });
}, 90_000);
afterEach(() => lab.endKernels());
afterAll(() => lab?.close(), 30_000);

/** What is spoken of the place that has the focus. */
const spoken = (run: string) => lab.page.locator(`${viewOf(run)} .dagbook-chart > .dagbook-spoken`).textContent();
const focused = () => lab.page.evaluate(() => document.activeElement?.className ?? "");
const activeCell = () => lab.page.evaluate(() => window.jupyterapp!.shell.currentWidget!.content.activeCellIndex);
const cellCount = () => lab.page.evaluate(() => window.jupyterapp!.shell.currentWidget!.content.widgets.length);

test("the Tab key goes from the buttons to graph, stream, failures and drawer", async () => {
  await openFailed(lab, "order");
  await lab.page
    .locator(`${viewOf("order")} .dagbook-error .dagbook-link`)
    .first()
    .click();
  await lab.page.waitForSelector(`${viewOf("order")} .dagbook-close`);
  await lab.page.locator(`${viewOf("order")} .dagbook-retry`).focus();
  const order: string[] = [];
  for (let step = 0; step < 12 && !order.at(-1)?.includes("dagbook-close"); step++) {
    order.push(await focused());
    await lab.page.keyboard.press("Tab");
  }
  const kinds = ["retry", "rerun", "table-button", "more-button", "graph-keys", "stream-keys", "link", "close"];
  const seen = order.map((className) => kinds.find((kind) => className.includes(`dagbook-${kind}`)) ?? className);
  expect(seen.filter((kind, index) => kind !== "" && kind !== seen[index - 1])).toEqual(kinds);
}, 90_000);

test("a graph is walked by arrow keys, and a task opened, without the notebook noticing", async () => {
  await openFailed(lab, "walk");
  await lab.page.locator(`${viewOf("walk")} .dagbook-graph-keys`).focus();
  const before = [await activeCell(), await cellCount()];
  expect(await spoken("walk")).toMatch(/^load_[ab]: done 64, mean time [\d.]+ m?s$/);
  await lab.page.keyboard.press("ArrowRight");
  expect(await spoken("walk")).toMatch(/^(multiply: done 512|describe: done 63, failed 1), mean time [\d.]+ m?s$/);
  await screenshot(lab.page, "access-focus-card", viewOf("walk"));
  const frame = await lab.page.locator(`${viewOf("walk")} .dagbook-frame`).evaluate((node) => {
    const { outlineStyle, outlineWidth, display } = getComputedStyle(node);
    return { outlineStyle, outlineWidth, display };
  });
  expect(frame).toEqual({ outlineStyle: "solid", outlineWidth: "2px", display: "block" });
  await lab.page.keyboard.press("Enter");
  await lab.page.keyboard.press("End");
  expect(await spoken("walk")).toMatch(/^(multiply 511|describe 63): state done, worker w\d, started .+, took .+$/);
  expect(await lab.page.textContent(".dagbook-tooltip code")).toMatch(/^(multiply 511|describe 63)$/);
  await screenshot(lab.page, "access-focus-tile", viewOf("walk"));
  await lab.page.keyboard.press("Enter");
  expect(await lab.page.textContent(`${viewOf("walk")} .dagbook-drawer-key`)).toMatch(/^(multiply 511|describe 63)$/);
  await lab.page.keyboard.press("Escape");
  expect(await focused()).toContain("dagbook-graph-keys");
  // Keys of the notebook: "b" inserts a cell, "d" twice deletes one, "y" makes it a code cell.
  for (const key of ["b", "d", "d", "ArrowUp", "ArrowDown", "Home"]) await lab.page.keyboard.press(key);
  expect([await activeCell(), await cellCount()]).toEqual(before);
  expect(await focused()).toContain("dagbook-graph-keys");
  // Commands with Ctrl are still JupyterLab's.
  await lab.page.keyboard.press("Control+s");
  await lab.page.waitForFunction(
    () => !(window.jupyterapp!.shell.currentWidget!.context.model as unknown as { dirty: boolean }).dirty,
  );
  // Out of the card, then out of the graph; then the keys are the notebook's again.
  await lab.page.keyboard.press("Escape");
  await lab.page.keyboard.press("Escape");
  expect(await focused()).not.toContain("dagbook");
  const left = await activeCell();
  await lab.page.keyboard.press("ArrowUp");
  await lab.page.waitForFunction(
    (cell) => window.jupyterapp!.shell.currentWidget!.content.activeCellIndex === cell - 1,
    left,
  );
}, 90_000);

test("a fused card is opened by Enter, and plus enlarges the graph around what has the focus", async () => {
  await openFake(lab, "fused", "fake_run.start('fused', 'many', fake_run.MANY)");
  await showsState(lab.page, "finished", "fused", 60_000);
  await ready(lab.page, "fused");
  await lab.page.locator(`${viewOf("fused")} .dagbook-graph-keys`).focus();
  const names = (await spoken("fused"))!.split(":")[0]!.split(", ");
  expect(names.length).toBeGreaterThan(1);
  await lab.page.keyboard.press("Enter");
  await lab.page.waitForFunction(
    ({ css, name }) => {
      const text = document.querySelector(`${css} .dagbook-chart > .dagbook-spoken`)?.textContent ?? "";
      return text.startsWith(`${name}:`);
    },
    { css: viewOf("fused"), name: names[0] },
  );
  const width = () => lab.page.locator(`${viewOf("fused")} .dagbook-frame`).evaluate((node) => node.clientWidth);
  const small = await width();
  for (const key of ["+", "+", "+"]) await lab.page.keyboard.press(key);
  expect(await width()).toBeGreaterThan(1.9 * small);
  await lab.page.waitForSelector(`${viewOf("fused")} .dagbook-fit`);
  await screenshot(lab.page, "access-focus-enlarged", viewOf("fused"));
}, 90_000);

test("a time of the stream is marked and stretched by keyboard", async () => {
  await openFailed(lab, "stream");
  await lab.page.locator(`${viewOf("stream")} .dagbook-graph-keys`).focus();
  await lab.page.keyboard.press("Tab");
  expect(await focused()).toContain("dagbook-stream-keys");
  for (const key of ["ArrowRight", "ArrowRight", "Shift+ArrowRight"]) await lab.page.keyboard.press(key);
  expect(await spoken("stream")).toMatch(/^[\d.]+ m?s to [\d.]+ s: \d+ tasks ran$/);
  await screenshot(lab.page, "access-stream-marked", viewOf("stream"));
  await lab.page.keyboard.press("+");
  await lab.page.waitForSelector(`${viewOf("stream")} .dagbook-fit`);
  await lab.page.keyboard.press("Escape");
  await lab.page.waitForSelector(`${viewOf("stream")} .dagbook-fit`, { state: "hidden" });
  expect(await spoken("stream")).toMatch(/^0 ms to [\d.]+ s$/);
  await lab.page.keyboard.press("Escape");
  expect(await focused()).not.toContain("dagbook");
}, 90_000);
