import { datasetsOf } from "../../../../extension/src/view/datasets/datasets.js";
import type { Row } from "../../../../extension/src/view/datasets/row.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { contrast } from "../../../../extension/src/view/theme/color.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";
import { SimulatedRun, type SimulatedTask } from "../../../support/simulate-run.js";
import { matmulGraph } from "../../../support/simulated-graphs.js";

// Sixteen functions, each hue once: f0 … f15, two tasks of each; the second needs the first.
const functions: readonly SimulatedTask[] = Array.from({ length: 16 }, (_, f) => [
  { name: `f${f}`, needs: [], ms: 40 + f },
  { name: `f${f}`, needs: [2 * f], ms: 90 },
]).flat();

function rowsAt(share: number, theme: (typeof PAGE_THEMES)[string], graph = functions, failing: number[] = []) {
  const run = new SimulatedRun([...graph], { workers: 6, failing, keepsGoing: true });
  const store = RunStore.fromBundle(run.bundleAt(run.end * share));
  const plan = planView(store, 1200, { isOpen: true });
  if (plan.level === "line") throw new Error("expected a picture");
  return { store, rows: datasetsOf(store, plan, theme) };
}

describe.each(Object.entries(PAGE_THEMES))("theme %s", (_, theme) => {
  test("name and time of a pill are readable on all it is filled with, however far its task is", () => {
    const forms = new Set<string>();
    for (const share of [0, 0.1, 0.3, 0.5, 0.7, 1]) {
      const { store, rows } = rowsAt(share, theme, functions, [4, 22]);
      for (const text of [...rows.names!, ...rows.times!]) {
        const under = [...rows.pills!, ...rows.waiting!, ...rows.progress!].filter(({ id }) => id === text.id);
        forms.add(store.formOf(Number(text.id)));
        for (const { fill } of under) expect(contrast(String(text.color), String(fill))).toBeGreaterThanOrEqual(4.5);
      }
    }
    expect([...forms].sort()).toEqual(["done", "failed", "queued", "running", "stopped", "waiting"]);
  });

  test("every other text of the picture is readable on the ground and on cards", () => {
    const { rows } = rowsAt(0.5, theme, matmulGraph(), [150]);
    const texts = Object.values(rows)
      .flat()
      .filter((row): row is Row & { readonly text: string } => typeof row.text === "string" && row.text !== "");
    expect(texts.length).toBeGreaterThan(30);
    for (const { color } of texts) {
      for (const ground of [theme.ground, theme.card]) {
        expect(contrast(String(color), ground)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});
