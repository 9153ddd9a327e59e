import type { Datasets, Row, Scene } from "../datasets/row.js";
import { streamPanelRows } from "../datasets/stream-panel-rows.js";
import { horizonOf } from "../datasets/time-axis.js";
import { shorten, textWidth } from "../plan/labels.js";
import type { StreamPlan } from "../plan/plan.js";
import type { RunStore } from "../store/run-store.js";
import { type Formats, formatsFor } from "../text/formats.js";
import { summary } from "../text/summary.js";
import { hueOf, type Theme } from "../theme/theme.js";
import { type Comparison, namesOf } from "./comparison.js";
import type { ComparisonPlan } from "./comparison-plan.js";
import { differenceRows } from "./difference-rows.js";

/** What the two runs are called, and what the names of their datasets begin with. */
export const RUN_NAMES = ["A", "B"] as const;
export type RunName = (typeof RUN_NAMES)[number];

/** The dataset `name` of one of the runs. */
export function datasetOf(run: RunName, name: string): string {
  return `${run} ${name}`;
}

/** All rows of a comparison as both runs stand now. Rows of tasks say of which run they are: `run`, 0 or 1. */
export function comparisonRows(
  comparison: Comparison,
  plan: ComparisonPlan,
  theme: Theme,
  formats: Formats = formatsFor(),
): Datasets {
  const { a, b } = comparison;
  const hues = new Map(namesOf(a, b).map((name, place) => [name, hueOf(theme, place)]));
  const lens = { span: [0, Math.max(ownHorizon(a), ownHorizon(b))] } as const;
  const peak = Math.max(1, a.peak, b.peak, a.spilled, b.spilled);
  const data: Datasets = differenceRows(comparison, { plan: plan.differences, hues, theme, formats });
  for (const [place, store] of [a, b].entries()) {
    const scene: Scene = { store, theme, formats, hues: store.groups.map(({ name }) => hues.get(name)!), lens, peak };
    const stream = plan.streams[place]!;
    const rows: Datasets = {
      ...streamPanelRows({ stream, isStacked: true }, scene),
      streamTitle: titleRows(RUN_NAMES[place]!, stream, scene),
    };
    for (const [name, own] of Object.entries(rows)) {
      data[datasetOf(RUN_NAMES[place]!, name)] = name === "stream" ? own.map((row) => ({ ...row, run: place })) : own;
    }
  }
  return data;
}

function ownHorizon({ elapsed, state }: RunStore): number {
  return horizonOf(elapsed, state === "running");
}

const TITLE_SIZE = 11.5;
const SEPARATOR = " · ";

/** `A  total · finished · 0.41 s`, as far as there is room. */
function titleRows(name: string, plan: StreamPlan, { store, theme }: Scene): Row[] {
  const { title, stateText, elapsedText, failedText } = summary(store);
  const rest = [stateText, failedText, elapsedText].filter(Boolean).join(SEPARATOR);
  const letters = Math.floor((plan.width - textWidth(`${name}  ${rest}`, TITLE_SIZE)) / textWidth("x", TITLE_SIZE));
  const text = `${name}  ${shorten(title, Math.max(8, letters))}${SEPARATOR}${rest}`;
  return [{ id: 0, x: 0, y: 8, text, color: theme.ink2 }];
}
