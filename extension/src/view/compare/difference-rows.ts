import { type Datasets, NO_STROKE, type Row } from "../datasets/row.js";
import { shorten } from "../plan/labels.js";
import type { Formats } from "../text/formats.js";
import { trans } from "../text/translation.js";
import { mix } from "../theme/color.js";
import type { Theme } from "../theme/theme.js";
import { type Comparison, differenceMs, type FunctionPair, isComplete } from "./comparison.js";
import type { DifferencePlan } from "./comparison-plan.js";
import { noDifferenceText } from "./comparison-text.js";
import { countsText, isNothing, signed, signedPercent } from "./difference-text.js";

const BAR_HEIGHT = 10;
/** Pixels: a difference that is not nothing is seen. */
const LEAST_BAR = 1;
/** Of a function some of whose tasks never ran, the difference says little. */
const PALE = 0.4;
/** Bars count, not what they stand on. */
const TRACK_OPACITY = 0.5;

interface Scene {
  readonly plan: DifferencePlan;
  readonly hues: ReadonlyMap<string, string>;
  readonly theme: Theme;
  readonly formats: Formats;
}

/** Rows of the differences by function: name, both times, a bar from the middle, the difference in figures. */
export function differenceRows({ functions }: Comparison, scene: Scene): Datasets {
  const { plan } = scene;
  const shown = plan.shown.flatMap((place) => functions[place] ?? []);
  const most = Math.max(1, ...shown.map((pair) => Math.abs(differenceMs(pair) ?? 0)));
  const rows = shown.map((pair, row) => pairRows(pair, row, most, scene));
  const all = (name: keyof PairRows) => rows.flatMap((one) => one[name]);
  const { heads, headsLeft, ...frame } = frameRows(shown.length, functions.length, scene);
  return {
    ...frame,
    differenceTracks: all("tracks"),
    differenceBars: all("bars"),
    differenceNames: all("names"),
    differenceTexts: all("texts"),
    differenceStrong: all("strong"),
    differenceHeads: heads,
    differenceHeadsLeft: headsLeft,
  };
}

function middleOf({ bar: [from, to] }: DifferencePlan): number {
  return Math.round((from + to) / 2);
}

/** What does not depend on figures: title, heads of columns, the line of no difference. */
function frameRows(shown: number, functions: number, { plan, theme, formats }: Scene) {
  const middle = middleOf(plan);
  const bottom = plan.top + shown * plan.rowHeight;
  const head = (id: string, x: number, text: string): Row => ({ id, x, y: plan.top - 9, text, color: theme.ink3 });
  const title = trans.__("Time by function, B compared with A");
  const left = functions - shown;
  const count = formats.count(left);
  const note = trans._n("and %2 more function in the table", "and %2 more functions in the table", left, count);
  return {
    differenceTitle: [{ id: 0, x: 0, y: 8, text: title, color: theme.ink2 }],
    differenceZero: [{ id: 0, x: middle, x2: middle, y: plan.top - 4, y2: bottom, color: theme.ink3 }],
    heads: [
      head("less", middle - 8, trans.__("less time in B")),
      ...(plan.times ? [head("A", plan.times[0], "A"), head("B", plan.times[1], "B")] : []),
      ...(plan.tasks === undefined ? [] : [head("tasks", plan.tasks, trans.__("tasks"))]),
    ],
    headsLeft: [
      head("more", middle + 8, trans.__("more time in B")),
      ...(left > 0 ? [{ id: "note", x: 0, y: bottom + 10, text: note, color: theme.ink2 }] : []),
    ],
  };
}

interface PairRows {
  readonly names: Row[];
  readonly tracks: Row[];
  readonly bars: Row[];
  readonly texts: Row[];
  readonly strong: Row[];
}

/** @param most milliseconds of the longest bar */
function pairRows(pair: FunctionPair, row: number, most: number, scene: Scene): PairRows {
  const { plan, theme, formats, hues } = scene;
  const { name, a, b } = pair;
  const y = plan.top + (row + 0.5) * plan.rowHeight;
  const [from, to] = plan.bar;
  const box = { pair: row, y: y - BAR_HEIGHT / 2, y2: y + BAR_HEIGHT / 2, ...NO_STROKE };
  const text = (column: string, x: number, words: string, color = theme.ink2): Row => {
    return { id: `${row} ${column}`, x, y, text: words, color };
  };
  const shared = {
    names: [{ id: row, x: 0, y, text: shorten(name, plan.nameLength), color: theme.ink }],
    tracks: [{ id: row, ...box, x: from, x2: to, fill: theme.track, o: TRACK_OPACITY }],
  };
  const texts = [
    ...(plan.times?.map((x, place) => text(`${place}`, x, timeText([a, b][place]?.ms, formats))) ?? []),
    ...(plan.tasks === undefined ? [] : [text("tasks", plan.tasks, ...tasksText(pair, scene))]),
  ];
  const difference = differenceMs(pair);
  if (difference === undefined || !a || !b) {
    return { ...shared, bars: [], strong: [], texts: [...texts, text("only", plan.percent, noDifferenceText(pair))] };
  }
  if (isNothing(difference, formats.duration)) {
    return { ...shared, bars: [], strong: [], texts: [...texts, text("same", plan.percent, trans.__("the same"))] };
  }
  const isWhole = isComplete(a) && isComplete(b);
  const middle = middleOf(plan);
  const end = middle + Math.sign(difference) * Math.max(LEAST_BAR, (Math.abs(difference) / most) * ((to - from) / 2));
  const hue = hues.get(name)!;
  const fill = isWhole ? hue : mix(theme.ground, hue, PALE);
  const color = isWhole ? theme.ink : theme.ink2;
  return {
    ...shared,
    bars: [{ id: row, ...box, x: Math.min(middle, end), x2: Math.max(middle, end), fill, o: 1 }],
    strong: [{ id: row, x: plan.difference, y, text: signed(difference, formats.duration), color }],
    texts: [...texts, text("percent", plan.percent, signedPercent(a.ms, b.ms))],
  };
}

/** How many tasks, or how many of them failed, which matters more; and its colour. */
function tasksText({ a, b }: FunctionPair, { theme, formats }: Scene): [words: string, color: string] {
  if ((a?.failed ?? 0) + (b?.failed ?? 0) === 0) return [countsText(a?.tasks, b?.tasks, formats), theme.ink2];
  return [trans.__("%1 failed", countsText(a?.failed, b?.failed, formats)), theme.error];
}

function timeText(ms: number | undefined, formats: Formats): string {
  return ms === undefined ? "–" : formats.duration(ms);
}
