/** What a person sees of the kernel in a real JupyterLab while writing and running cells. */
import { type Lab, screenshot, startLab } from "../support/lab.js";
import { kernelIdle, openNotebook, runCell, useTheme } from "../support/lab-notebook.js";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab();
}, 60_000);
afterEach(() => lab.endKernels());
afterAll(() => lab?.close(), 30_000);

async function open(name: string, ...sources: string[]): Promise<void> {
  lab.write(
    name,
    "dagbook",
    sources.map((source) => ({ source })),
  );
  await openNotebook(lab, name);
}

/** The output area of a cell. */
function outputOf(index: number) {
  return lab.page.locator(".jp-Notebook .jp-Cell").nth(index).locator(".jp-OutputArea-output");
}

/** Puts the cursor at the end of a cell. */
async function writeIn(index: number): Promise<void> {
  await lab.page.locator(".jp-Notebook .jp-Cell").nth(index).locator(".cm-content").click();
  await lab.page.keyboard.press("Control+End");
}

async function ran(index: number): Promise<void> {
  await runCell(lab.page, index);
  await lab.page.waitForSelector(`.jp-Cell:has(.jp-InputPrompt:text('[${index + 1}]:'))`);
  await kernelIdle(lab.page);
}

test("a finding of the type checker stands below its cell, in both themes, and the cell has run", async () => {
  const wrong = "interface Row { name: string; n: number }\nconst row: Row = { name: 'a', n: 'b' };\nrow.nmae";
  await open("types.ipynb", wrong, "row.n", "%types off\nconst off: number = 'x'");
  await ran(0);
  const note = outputOf(0).locator(".dagbook-types");
  await expect(note.innerText()).resolves.toMatch(/Type 'string' is not assignable to type 'number'[\s\S]*nmae/);
  await ran(1);
  await expect(outputOf(1).innerText()).resolves.toContain("'b'");
  await screenshot(lab.page, "types-light");
  await useTheme(lab.page, "JupyterLab Dark");
  await screenshot(lab.page, "types-dark");
  await useTheme(lab.page, "JupyterLab Light");
  await ran(2);
  expect(await lab.page.locator(".dagbook-types").count()).toBe(1);
}, 60_000);

test("Tab completes by types and values, with the kind of each name", async () => {
  await open("complete.ipynb", "const config = { colour: 'red', columns: 3, compute() { return 1; } };", "config.co");
  await ran(0);
  await writeIn(1);
  await lab.page.keyboard.press("Tab");
  const items = lab.page.locator(".jp-Completer-item");
  await items.first().waitFor();
  const texts = await items.locator(".jp-Completer-match").allInnerTexts();
  expect(texts).toEqual(expect.arrayContaining(["colour", "columns", "compute"]));
  const kinds = await items.locator(".jp-Completer-typeExtended, .jp-Completer-type").allInnerTexts();
  expect(kinds.join(" ")).toMatch(/method|function/);
  await screenshot(lab.page, "complete");
}, 60_000);

test("Shift+Tab tells the signature and the documentation of a function of another cell", async () => {
  const source =
    "/** Adds a tax.\n * @param rate part of one */\nfunction taxed(price: number, rate = 0.2): number { return price * (1 + rate); }";
  await open("inspect.ipynb", source, "taxed(");
  await ran(0);
  await writeIn(1);
  await lab.page.keyboard.press("Shift+Tab");
  const tooltip = lab.page.locator(".jp-Tooltip");
  await tooltip.filter({ hasText: "Adds a tax" }).waitFor();
  await expect(tooltip.innerText()).resolves.toContain("taxed(price: number, rate?: number): number");
  await screenshot(lab.page, "inspect");
}, 60_000);

test("a cell asks in the notebook, the answer goes on in the cell", async () => {
  await open("input.ipynb", 'const name = await input("Your name? ");\n"Hello " + name');
  await runCell(lab.page, 0);
  const field = lab.page.locator(".jp-Stdin-input");
  await field.waitFor();
  await expect(lab.page.locator(".jp-Stdin-prompt").innerText()).resolves.toContain("Your name?");
  await field.fill("Ada");
  await field.press("Enter");
  await outputOf(0).filter({ hasText: "Hello Ada" }).waitFor();
  // What was asked and answered stays in the notebook.
  await expect(outputOf(0).first().innerText()).resolves.toMatch(/Your name\?\s+Ada/);
}, 60_000);

test("Stop ends a loop, the variables are still there", async () => {
  await open("stop.ipynb", "let n = 0;\nfor (;;) n++;", "n > 0");
  await runCell(lab.page, 0);
  await lab.page.waitForFunction(
    () => window.jupyterapp?.shell.currentWidget?.sessionContext.session?.kernel?.status === "busy",
  );
  await lab.page
    .locator('jp-button[data-command="notebook:interrupt-kernel"], [data-command="notebook:interrupt-kernel"]')
    .first()
    .click();
  await kernelIdle(lab.page);
  await expect(outputOf(0).innerText()).resolves.toContain("KeyboardInterrupt");
  await runCell(lab.page, 1);
  await outputOf(1).waitFor();
  await expect(outputOf(1).innerText()).resolves.toContain("true");
}, 60_000);

test("help opens in the pager, setNextInput makes a cell", async () => {
  await open("pager.ipynb", "Math.max?", 'import { setNextInput } from "dagbook";\nsetNextInput("1 + 41")');
  await ran(0);
  await outputOf(0).filter({ hasText: "Math.max" }).waitFor();
  await ran(1);
  await lab.page.waitForFunction(() => window.jupyterapp?.shell.currentWidget?.content.widgets.length === 3);
  await screenshot(lab.page, "pager");
}, 60_000);

test("the second kernel runs a cell in tslab's engine", async () => {
  lab.write("tslab.ipynb", "dagbook-tslab", [{ source: "const a: number = 20\na + 1" }]);
  await openNotebook(lab, "tslab.ipynb");
  await ran(0);
  await expect(outputOf(0).innerText()).resolves.toContain("21");
}, 60_000);
