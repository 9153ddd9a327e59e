/** Outputs that somebody made to harm a reader, or that are broken, in a real JupyterLab. */
import { type Lab, screenshot, startLab } from "../support/lab.js";
import { ready, viewOf } from "../support/run-view.js";

const MIME = "application/vnd.dagbook.run.v1+json";
let lab: Lab;

beforeAll(async () => {
  lab = await startLab();
}, 90_000);
afterEach(() => lab.endKernels());
afterAll(() => lab?.close(), 30_000);

const HOSTILE = [
  "<script>window.hacked = 1</script>",
  '<img src="x" onerror="window.hacked = 2">',
  "[click](javascript:window.hacked=3)",
  "safe\u202Egnp.exe\u2066",
];

/** A run of three failed tasks whose every text is `label`. */
function hostileBundle(run: string, label: string): object {
  const counts = [0, 0, 0, 0, 0, 3, 0];
  const error = (task: number) => ({
    task,
    key: label,
    name: label,
    message: label,
    stack: `${label}\n    at ${label} (cell-1.ts:1:1)`,
  });
  return {
    v: 1,
    run,
    seq: 1,
    title: label,
    state: "erred",
    t0: 0,
    t1: 5,
    now: 5,
    workers: 1,
    n: 3,
    groups: [{ name: label, n: 3, counts, ms: 3, dependencies: [] }],
    tasks: {
      key: [label, label, label],
      group: [0, 0, 0],
      state: [5, 5, 5],
      start: [0, 1, 2],
      end: [1, 2, 3],
      worker: [0, 0, 0],
      fraction: [0, 0, 0],
      dependencyStart: [0, 0, 0, 0],
      dependencies: [],
    },
    errors: [error(0), error(1), error(2)],
    peak: 0,
    memory: { t: [], bytes: [] },
  };
}

/** Opens a notebook whose outputs are these bundles; nothing runs. */
async function openSaved(name: string, bundles: readonly unknown[]): Promise<void> {
  const outputs = bundles.map((bundle) => ({
    output_type: "display_data",
    metadata: {},
    data: { [MIME]: bundle, "text/plain": "fallback" },
  }));
  lab.write(name, "dagbook", [{ source: "", outputs }]);
  await lab.page.goto(`${lab.url}/lab/tree/${name}?reset`);
  await lab.page.waitForFunction((n) => document.querySelectorAll(".dagbook-run").length === n, bundles.length);
}

test("hostile labels are text, in untrusted and in trusted notebooks, also in tooltip and drawer", async () => {
  await openSaved(
    "hostile.ipynb",
    HOSTILE.map((label, index) => hostileBundle(`hostile-${index}`, label)),
  );
  for (const isTrusted of [false, true]) {
    if (isTrusted) {
      await lab.page.evaluate(() => {
        // biome-ignore lint/suspicious/noExplicitAny: a page of JupyterLab has no types here
        for (const cell of window.jupyterapp!.shell.currentWidget!.content.widgets as any[]) cell.model.trusted = true;
      });
    }
    for (const [index, hostile] of HOSTILE.entries()) {
      const label = hostile.replace("\u202e", "\\u202e").replace("\u2066", "\\u2066");
      const view = lab.page.locator(viewOf(`hostile-${index}`));
      await view.locator(".dagbook-title:not(:empty)").waitFor();
      expect(await view.locator(".dagbook-title").textContent()).toBe(label);
      expect(await view.locator(".dagbook-error .dagbook-message").first().textContent()).toBe(`${label}: ${label}`);
      await view.locator(".dagbook-error .dagbook-link", { hasText: "Details" }).first().click();
      expect(await view.locator(".dagbook-drawer-key").textContent()).toBe(label);
      expect(await view.locator("script, img, iframe, a").count()).toBe(0);
    }
    expect(await lab.page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
  }
  const title = lab.page.locator(viewOf("hostile-3")).locator(".dagbook-title");
  expect(await title.evaluate((node) => getComputedStyle(node).unicodeBidi)).toBe("isolate");
  await screenshot(lab.page, "life-hostile", viewOf("hostile-3"));
  expect(lab.pageErrors).toEqual([]);
}, 60_000);

test("a label of a megabyte neither blocks the page nor fills it", async () => {
  await openSaved("huge.ipynb", [hostileBundle("huge", "x".repeat(1_000_000))]);
  const view = lab.page.locator(viewOf("huge"));
  await view.locator(".dagbook-error .dagbook-link", { hasText: "Details" }).first().click();
  expect((await view.textContent())!.length).toBeLessThan(100_000);
  expect((await view.boundingBox())!.height).toBeLessThan(2_000);
}, 60_000);

test("payloads of other versions, without columns, and with numbers that are none are refused in words", async () => {
  const good = hostileBundle("good", "fine");
  const bundles = [
    { ...good, v: 2 },
    { ...good, tasks: { ...(good as { tasks: object }).tasks, state: undefined } },
    { ...good, now: "NaN" },
    { ...good, t1: null, now: null },
    { ...good, n: 1e308 },
    "text",
    null,
  ];
  await openSaved("wrong.ipynb", bundles);
  const texts = await lab.page.locator(".dagbook-run .dagbook-unreadable").allInnerTexts();
  expect(texts).toHaveLength(bundles.length);
  expect(new Set(texts)).toEqual(
    new Set(["This output was written by another version of dagbook. Run the cell again to draw it."]),
  );
  expect(lab.pageErrors).toEqual([]);
}, 60_000);

test("numbers beyond all reason are drawn or refused, but break nothing", async () => {
  const huge = { ...hostileBundle("far", "far"), t1: 1e308, now: 1e308, peak: 1e308, t0: 1e300 };
  await openSaved("far.ipynb", [huge, hostileBundle("near", "near")]);
  await lab.page.locator(viewOf("near")).locator(".dagbook-title", { hasText: "near" }).waitFor();
  await ready(lab.page, "near");
  expect(lab.pageErrors).toEqual([]);
}, 60_000);
