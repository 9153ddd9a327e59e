import { datasetsOf } from "../../../../extension/src/view/datasets/datasets.js";
import { looksOf } from "../../../../extension/src/view/datasets/tile-look.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { contrast, mix } from "../../../../extension/src/view/theme/color.js";
import { lightness, seenDistance, type Vision } from "../../../support/color-vision.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { matmulGraph } from "../../../support/simulated-graphs.js";

/** The smallest distance between two of the eight hues, as the search that found them ended. */
const LEAST: Readonly<Record<string, Readonly<Record<Vision, number>>>> = {
  light: { normal: 0.129, deuteranopia: 0.077, protanopia: 0.077, tritanopia: 0.085 },
  dark: { normal: 0.138, deuteranopia: 0.058, protanopia: 0.067, tritanopia: 0.082 },
};
const ROUNDING = 0.0005;
const VISIONS = ["normal", "deuteranopia", "protanopia", "tritanopia"] as const;

function pairs<T>(values: readonly T[]): (readonly [T, T])[] {
  return values.flatMap((a, index) => values.slice(index + 1).map((b) => [a, b] as const));
}

test.each(Object.keys(PAGE_THEMES))("eight functions are told apart by their hues with any vision: %s", (name) => {
  const theme = PAGE_THEMES[name]!;
  const least = LEAST[theme.isDark ? "dark" : "light"]!;
  for (const vision of VISIONS) {
    const distances = pairs(theme.hues.slice(0, 8)).map(([a, b]) => seenDistance(a, b, vision));
    expect([vision, Math.min(...distances) >= least[vision] - ROUNDING]).toEqual([vision, true]);
  }
});

describe.each(Object.entries(PAGE_THEMES))("theme %s", (_, theme) => {
  test("every hue, and red, is 3:1 or better against the card", () => {
    for (const hue of [...theme.hues, theme.error]) expect(contrast(hue, theme.card)).toBeGreaterThanOrEqual(3);
  });

  test.each(theme.hues.map((hue) => [hue]))("the states of a tile of %s differ in a grey print", (hue) => {
    const looks = looksOf(theme, hue);
    const grey = (form: keyof typeof looks) => lightness(mix(theme.card, looks[form].fill, looks[form].o));
    const isOutlined = (form: keyof typeof looks) => looks[form].strokeWidth > 0;
    // In order of how far they are, each further from the card than the last by more than the eye needs.
    const card = lightness(theme.card);
    const steps = (["waiting", "queued", "done"] as const).map((form) => Math.abs(grey(form) - card));
    for (const [k, step] of steps.entries()) expect(step - (steps[k - 1] ?? 0)).toBeGreaterThan(0.03);
    // Running and "not run" have outlines, one with and one without a fill; a failure has a cross that stands out.
    expect((["waiting", "queued", "done", "running", "stopped"] as const).filter(isOutlined)).toEqual([
      "running",
      "stopped",
    ]);
    expect([looks.running.o > 0.5, looks.stopped.o]).toEqual([true, 0]);
    expect(contrast(theme.onError, theme.error)).toBeGreaterThanOrEqual(3);
  });
});

test("a failure in the stream and in a bar has an outline that nothing else there has", () => {
  const run = new SimulatedRun(matmulGraph(), { failing: [150], keepsGoing: true });
  const store = RunStore.fromBundle(run.bundleAt(run.end / 2));
  const plan = planView(store, 960);
  if (plan.level !== "overview") throw new Error("expected cards");
  const { stream, bars } = datasetsOf(store, plan, PAGE_THEMES.light!);
  const outlined = (rows: typeof stream) => rows!.filter(({ strokeWidth }) => Number(strokeWidth) > 0);
  expect(outlined(stream).map(({ task }) => task)).toEqual([150]);
  expect(outlined(bars).map(({ id }) => id)).toEqual(["2 failed"]);
});
