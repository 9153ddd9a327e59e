/** Pointing, marking and enlarging in the view, in a real JupyterLab; the runs are pretended (support/fake_run.py). */
import { type Lab, screenshot, startLab } from "../support/lab.js";
import { openNotebook, runCell } from "../support/lab-notebook.js";
import { ready, showsState, viewOf } from "../support/run-view.js";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ width: 1280, height: 1000 });
}, 60_000);
afterEach(() => lab.endKernels());
afterAll(() => lab?.close(), 30_000);

/** Waits until the picture looks as it did, or differs from that: it is drawn with the next frames. */
async function looks(as: "as before" | "different", before: readonly Buffer[], name: string): Promise<void> {
  for (let i = 0; i < 100 && (seenIn(before, await pixels(name)) === 0) !== (as === "as before"); i++) {
    await lab.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  const seen = seenIn(before, await pixels(name));
  if (as === "as before") expect(seen).toBe(0);
  else expect(seen).toBeGreaterThan(0);
}

/** Runs a graph to its end in a new notebook. */
async function finished(name: string, graph: string): Promise<void> {
  lab.write(`${name}.ipynb`, "python3", [
    { source: "import fake_run" },
    { source: `fake_run.start('${name}', ${graph})` },
  ]);
  await openNotebook(lab, `${name}.ipynb`);
  await runCell(lab.page, 0);
  await runCell(lab.page, 1);
  await showsState(lab.page, "finished", name, 60_000);
  await ready(lab.page, name);
  await lab.page.locator(`${viewOf(name)} .dagbook-picture`).scrollIntoViewIfNeeded();
}

/** Pixels of the canvases of the picture: a list of bytes for each. */
async function pixels(name: string): Promise<readonly Buffer[]> {
  const urls = await lab.page.evaluate((css) => {
    const canvases = document.querySelectorAll<HTMLCanvasElement>(`${css} canvas`);
    return [...canvases].map((canvas) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      let text = "";
      for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
      return btoa(text);
    });
  }, viewOf(name));
  return urls.map((url) => Buffer.from(url, "base64"));
}

/** A channel of a pixel may differ by so much: a part that is painted anew is smoothed anew at its edge. */
const UNSEEN = 24;

/** How many bytes of two pictures differ so that it is seen. */
function seenIn(before: readonly Buffer[], after: readonly Buffer[]): number {
  expect(after.map(({ length }) => length)).toEqual(before.map(({ length }) => length));
  let count = 0;
  for (const [canvas, bytes] of before.entries()) {
    for (let i = 0; i < bytes.length; i++) if (Math.abs(bytes[i]! - after[canvas]![i]!) > UNSEEN) count += 1;
  }
  return count;
}

async function boxOf(name: string) {
  return (await lab.page.locator(`${viewOf(name)} .dagbook-picture`).boundingBox())!;
}

/** The middle of the task stream: the right lower part of the picture. */
async function streamMiddle(name: string) {
  const { x, y, width, height } = await boxOf(name);
  return { x: x + width * 0.75, y: y + height - 120 };
}

async function wheel(deltaY: number): Promise<void> {
  await lab.page.keyboard.down("Control");
  await lab.page.mouse.wheel(0, deltaY);
  await lab.page.keyboard.up("Control");
}

const fit = (name: string) => lab.page.locator(`${viewOf(name)} .dagbook-fit`);

test("a drag over the stream marks time, and a click takes the mark away", async () => {
  await finished("brush", "'A @ B', fake_run.OVERVIEW, workers=8");
  const { x, y } = await streamMiddle("brush");
  await lab.page.mouse.move(x, y);
  const plain = await pixels("brush");
  await lab.page.mouse.down();
  await lab.page.mouse.move(x + 60, y, { steps: 4 });
  await lab.page.mouse.up();
  await looks("different", plain, "brush");
  await screenshot(lab.page, "view-brush", viewOf("brush"));
  await lab.page.mouse.click(x, y);
  await looks("as before", plain, "brush");
  expect(lab.pageErrors).toEqual([]);
}, 90_000);

test("pointing at a card makes the rest of the picture pale until the pointer leaves", async () => {
  await finished("point", "'A @ B', fake_run.OVERVIEW, workers=8");
  const { x, y } = await boxOf("point");
  await lab.page.mouse.move(x + 5, y + 3);
  const plain = await pixels("point");
  await lab.page.mouse.move(x + 60, y + 110);
  await looks("different", plain, "point");
  await screenshot(lab.page, "view-point", viewOf("point"));
  await lab.page.mouse.move(x + 5, y + 3);
  await looks("as before", plain, "point");
}, 90_000);

test("Ctrl and the wheel stretch the stream, and Fit shows the whole run again", async () => {
  await finished("stretch", "'A @ B', fake_run.OVERVIEW, workers=8");
  const { x, y } = await streamMiddle("stretch");
  await lab.page.mouse.move(x, y);
  const plain = await pixels("stretch");
  expect(await fit("stretch").isVisible()).toBe(false);
  await wheel(-500);
  await fit("stretch").waitFor();
  await looks("different", plain, "stretch");
  await screenshot(lab.page, "view-stretch", viewOf("stretch"));
  await fit("stretch").click();
  await fit("stretch").waitFor({ state: "hidden" });
  await lab.page.mouse.move(x, y);
  await looks("as before", plain, "stretch");
}, 90_000);

test("the wheel alone scrolls the notebook and enlarges nothing", async () => {
  await finished("scroll", "'A @ B', fake_run.OVERVIEW, workers=8");
  const { x, y } = await boxOf("scroll");
  await lab.page.mouse.move(x + 5, y + 3);
  await lab.page.mouse.wheel(0, -300);
  expect(await fit("scroll").isVisible()).toBe(false);
}, 90_000);

test("a graph of 40 functions is enlarged with a map of where one is, and its shared cards open on a click", async () => {
  await finished("many", "'many', fake_run.MANY, workers=8");
  const { x, y } = await boxOf("many");
  await lab.page.mouse.move(x + 200, y + 150);
  await wheel(-500);
  const map = lab.page.locator(`${viewOf("many")} .dagbook-minimap`);
  await map.waitFor();
  const cards = await map.locator("rect").count();
  expect(cards).toBeLessThan(40);
  await screenshot(lab.page, "view-minimap", viewOf("many"));
  await lab.page.mouse.dblclick(x + 5, y + 3);
  await map.waitFor({ state: "hidden" });
  // Every card is tried until all that were shared have opened: then there is one for each function.
  const height = async () => (await boxOf("many")).height;
  const before = await height();
  await lab.page.mouse.click(x + 60, y + 40);
  await lab.page.waitForFunction(
    ({ css, old }) => document.querySelector(`${css} canvas`)!.getBoundingClientRect().height !== old,
    { css: viewOf("many"), old: before },
  );
  await screenshot(lab.page, "view-opened", viewOf("many"));
}, 90_000);
