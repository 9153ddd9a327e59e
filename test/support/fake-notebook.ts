import type { Lab } from "./lab.js";
import { openNotebook, runCell } from "./lab-notebook.js";
import { ready, showsState, viewOf } from "./run-view.js";

/**
 * Opens a new notebook whose first cell loads the fake (support/fake_run.py) and whose others are `sources`, and runs them. An
 * empty cell below is not run: the end of a run would go there.
 */
export async function openFake(lab: Lab, name: string, ...sources: string[]): Promise<void> {
  const cells = ["import fake_run", ...sources].map((source) => ({ source }));
  lab.write(`${name}.ipynb`, "python3", [...cells, { source: "" }]);
  await openNotebook(lab, `${name}.ipynb`);
  for (const index of cells.keys()) await runCell(lab.page, index);
}

/** Opens a notebook with a run of 778 tasks that has failed, and waits until it is drawn. */
export async function openFailed(lab: Lab, name: string): Promise<void> {
  await openFake(lab, name, `fake_run.start('${name}', 'A @ B', fake_run.OVERVIEW, workers=8, fail=[740])`);
  await showsState(lab.page, "erred", name, 60_000);
  await ready(lab.page, name);
  await lab.page.locator(viewOf(name)).scrollIntoViewIfNeeded();
}
