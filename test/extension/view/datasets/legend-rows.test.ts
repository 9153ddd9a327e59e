import { huesOfGroups } from "../../../../extension/src/view/datasets/hues-of-groups.js";
import { legendRows } from "../../../../extension/src/view/datasets/legend-rows.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { formatsFor } from "../../../../extension/src/view/text/formats.js";
import { useSourceLanguage, useTranslation } from "../../../../extension/src/view/text/translation.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { largeGraph } from "../../../support/simulated-graphs.js";

const theme = PAGE_THEMES.light!;
const run = new SimulatedRun(largeGraph(9_000));

/** Left and right ends of what stands in the legend, from the left; letters are 0.55 of their size wide. */
function legendAt(width: number) {
  const store = RunStore.fromBundle(run.bundleAt(run.end / 2));
  const plan = planView(store, width);
  if (plan.level !== "buckets") throw new Error("expected buckets");
  const { legend, legendTexts } = legendRows(plan, {
    store,
    theme,
    formats: formatsFor("en"),
    hues: huesOfGroups(store, theme),
  });
  const texts = legendTexts!.map(({ x, text }) => [Number(x), Number(x) + String(text).length * 10.5 * 0.55] as const);
  const swatches = legend!.map(({ x, x2 }) => [Number(x), Number(x2)] as const);
  return { plan, ends: [...texts, ...swatches].sort(([a], [b]) => a - b), words: legendTexts!.map(({ text }) => text) };
}

afterEach(() => useSourceLanguage());

test("the legend ends at the right edge of the graph, and nothing in it overlaps", () => {
  const { plan, ends } = legendAt(960);
  for (const [k, [, right]] of ends.slice(0, -1).entries()) expect(right).toBeLessThan(ends[k + 1]![0]);
  expect(ends.at(-1)![1]).toBeGreaterThan(plan.graph.width - 8);
  expect(ends.at(-1)![1]).toBeLessThanOrEqual(plan.graph.width);
});

test.each([960, 480])("words of a language of long words keep apart at %i pixels", (width) => {
  useTranslation(
    {
      __: (text, ...args) => (args.length > 0 ? text : `${text}-${text}-${text}`),
      _n: (one, many, n) => (n === 1 ? one : many),
    },
    "de",
  );
  const { ends, words } = legendAt(width);
  for (const [k, [, right]] of ends.slice(0, -1).entries()) expect(right).toBeLessThan(ends[k + 1]![0]);
  expect(words.some((word) => String(word).includes("…"))).toBe(width === 480);
});
