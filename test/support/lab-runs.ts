// Runs of a real kernel in a real JupyterLab: a notebook whose tasks end when the test says so.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { Lab } from "./lab.js";
import { kernelIdle, openNotebook, runCell } from "./lab-notebook.js";

/** Tasks that wait for a file: the test decides when they end. */
const GATED = `import { compute, delayed } from "dagbook";
const gated = delayed(
  async (file: string, i: number) => {
    const fs = process.getBuiltinModule("node:fs");
    console.log("waiting for", file);
    while (!fs.existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
    return i;
  },
  { name: "gated" },
);
const total = delayed((list: number[]) => list.reduce((a, b) => a + b, 0), { name: "total" });
const gatedSum = (file: string, n: number) => total(Array.from({ length: n }, (_, i) => gated(file, i)));`;

/** Opens a new notebook whose first cell, which defines `gated`, `total` and `gatedSum`, has run; the others are `sources`. */
export async function openGated(lab: Lab, name: string, ...sources: string[]): Promise<void> {
  lab.write(
    name,
    "dagbook",
    [GATED, ...sources].map((source) => ({ source })),
  );
  await openNotebook(lab, name);
  await ran(lab.page, 0, 1);
}

/** Runs a cell to its end. */
export async function ran(page: Page, index: number, count: number): Promise<void> {
  await runCell(page, index);
  await page.waitForSelector(`.jp-Cell:has(.jp-InputPrompt:text('[${count}]:'))`);
  await kernelIdle(page);
}

/** Lets the tasks that wait for a file end. */
export function openGate(lab: Lab, file: string): void {
  writeFileSync(join(lab.folder, file), "");
}

export function cellAt(page: Page, index: number): Locator {
  return page.locator(".jp-Notebook .jp-Cell").nth(index);
}

/** The view of the run in a cell. */
export function viewIn(page: Page, index: number): Locator {
  return cellAt(page, index).locator(".dagbook-run");
}

export function countsIn(page: Page, index: number): Locator {
  return viewIn(page, index).locator(".dagbook-counts");
}

/** Waits until the view in a cell says that its run goes on. */
export async function isLive(page: Page, index: number): Promise<void> {
  await countsIn(page, index).filter({ hasText: "running" }).waitFor();
}

/** Presses a button of a run; its buttons are there while the pointer is on it. */
export async function press(view: Locator, button: string): Promise<void> {
  await view.hover();
  await view.locator(`.dagbook-${button}`).click();
}
