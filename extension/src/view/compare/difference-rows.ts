import { type Datasets, NO_STROKE, type Row } from "../datasets/row.js";
import { shorten } from "../plan/labels.js";
import type { Formats } from "../text/formats.js";
import { trans } from "../text/translation.js";
import { mix } from "../theme/color.js";
import type { Theme } from "../theme/theme.js";
import { type Comparison, differenceMs, type FunctionFigures, isComplete } from "./comparison.js";
import type { DifferencePlan } from "./comparison-plan.js";
import { onlyText } from "./comparison-text.js";
import { countsText, signed, signedPercent } from "./difference-text.js";

const BAR_HEIGHT = 10;
/** A difference that is not nothing is seen. */
const LEAST_BAR = 1;
/** Of a function that still runs, the difference is not the last word. */
const PALE = 0.4;

/** Rows of the differences by function: name, both times, a bar from the middle, the difference in figures. */
export function differenceRows(
  { functions }: Comparison,
  plan: DifferencePlan,
  hues: ReadonlyMap<string, string>,
  theme: Theme,
  formats: Formats,
): Datasets {
  const [from, to] = plan.bar;
  const middle = Math.round((from + to) / 2);
  const shown = plan.shown.flatMap((place) => functions[place] ?? []);
  const most = Math.max(1, ...shown.map((pair) => Math.abs(differenceMs(pair) ?? 0)));
  const pixels = (to - from) / 2 / most;
  const bottom = plan.top + shown.length * plan.rowHeight;
  const data = {
    differenceTitle: [{ id: 0, x: 0, y: 8, text: trans.__("Time by function, B compared with A"), color: theme.ink2 }],
    differenceHeads: [
      { id: "less", x: middle - 8, y: plan.top - 9, text: trans.__("less time in B"), color: theme.ink3 },
    ],
    differenceHeadsLeft: [
      { id: "more", x: middle + 8, y: plan.top - 9, text: trans.__("more time in B"), color: theme.ink3 },
    ],
    differenceTracks: [] as Row[],
    differenceBars: [] as Row[],
    differenceZero: [{ id: 0, x: middle, x2: middle, y: plan.top - 4, y2: bottom, color: theme.ink3 }],
    differenceNames: [] as Row[],
    differenceTexts: [] as Row[],
    differenceStrong: [] as Row[],
  } satisfies Datasets;
  const head = (id: string, x: number, text: string) =>
    data.differenceHeads.push({ id, x, y: plan.top - 9, text, color: theme.ink3 });
  if (plan.times) {
    head("A", plan.times[0], "A");
    head("B", plan.times[1], "B");
  }
  if (plan.tasks !== undefined) head("tasks", plan.tasks, trans.__("tasks"));
  for (const [row, pair] of shown.entries()) {
    const { name, a, b } = pair;
    const y = plan.top + (row + 0.5) * plan.rowHeight;
    const box = { y: y - BAR_HEIGHT / 2, y2: y + BAR_HEIGHT / 2, ...NO_STROKE };
    const text = (column: string, x: number, words: string, color = theme.ink2) =>
      data.differenceTexts.push({ id: `${row} ${column}`, x, y, text: words, color });
    data.differenceNames.push({ id: row, x: 0, y, text: shorten(name, plan.nameLength), color: theme.ink });
    data.differenceTracks.push({ id: row, pair: row, x: from, x2: to, ...box, fill: theme.track, o: 1 });
    if (plan.times) {
      text("a", plan.times[0], timeText(a, formats));
      text("b", plan.times[1], timeText(b, formats));
    }
    if (plan.tasks !== undefined) text("tasks", plan.tasks, countsText(a?.tasks, b?.tasks, formats));
    const difference = differenceMs(pair);
    if (difference === undefined || !a || !b) {
      text("only", plan.percent, onlyText(pair), theme.ink);
      continue;
    }
    const isSettled = isComplete(a) && isComplete(b);
    const length = difference === 0 ? 0 : Math.sign(difference) * Math.max(LEAST_BAR, Math.abs(difference) * pixels);
    const [x, x2] = length < 0 ? [middle + length, middle] : [middle, middle + length];
    const hue = hues.get(name)!;
    const fill = isSettled ? hue : mix(theme.ground, hue, PALE);
    data.differenceBars.push({ id: row, pair: row, x, x2, ...box, fill, o: 1 });
    const color = isSettled ? theme.ink : theme.ink2;
    data.differenceStrong.push({ id: row, x: plan.difference, y, text: signed(difference, formats.duration), color });
    text("percent", plan.percent, signedPercent(a.ms, b.ms));
  }
  const left = functions.length - shown.length;
  const more = trans._n(
    "and %2 more function in the table",
    "and %2 more functions in the table",
    left,
    formats.count(left),
  );
  if (left > 0) data.differenceHeadsLeft.push({ id: "note", x: 0, y: bottom + 10, text: more, color: theme.ink2 });
  return data;
}

function timeText(figures: FunctionFigures | undefined, formats: Formats): string {
  return figures ? formats.duration(figures.ms) : "–";
}
