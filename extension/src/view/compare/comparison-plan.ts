import { lettersIn } from "../plan/card-sizes.js";
import { codeWidth, textWidth } from "../plan/labels.js";
import { planStream } from "../plan/overview-plan.js";
import { PADDING, SPACING, type StreamPlan, TITLE_HEIGHT } from "../plan/plan.js";
import type { RunStore } from "../store/run-store.js";
import { namesOf } from "./comparison.js";

/** Columns of the differences: right edges of texts, except of names and of the bar. */
export interface DifferencePlan {
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  /** first pixel of the rows */
  readonly top: number;
  /** functions that are shown, as places in the names of both runs */
  readonly shown: readonly number[];
  /** letters of a name before it is cut */
  readonly nameLength: number;
  /** times of A and of B; undefined where the page is too narrow */
  readonly times: readonly [a: number, b: number] | undefined;
  /** first and last pixel of the bars; no difference is in the middle */
  readonly bar: readonly [from: number, to: number];
  readonly difference: number;
  readonly percent: number;
  /** numbers of tasks; undefined where the page is too narrow */
  readonly tasks: number | undefined;
}

/** Where a comparison goes, in pixels: both streams on one time axis, the differences below. */
export interface ComparisonPlan {
  readonly width: number;
  readonly height: number;
  readonly streams: readonly [a: StreamPlan, b: StreamPlan];
  readonly differences: DifferencePlan;
}

/** Nothing is readable below; a narrower page scrolls. */
const LEAST_WIDTH = 400;
/** Below, only names, bars and differences have room. */
const ALL_COLUMNS_FROM = 640;
/** More functions are only in the table. */
const MOST_ROWS = 24;
const ROW_HEIGHT = 20;
/** of a lane, where the run has few */
const LANE_HEIGHT = 18;
/** title, caption, strip and axis of a stream */
const AROUND_LANES = 84;
const HEAD_HEIGHT = 18;
const NOTE_HEIGHT = 18;
const [TIME_WIDTH, DIFFERENCE_WIDTH, PERCENT_WIDTH, TASKS_WIDTH] = [80, 92, 60, 104];
const NAME_SIZE = 11;
const NAME_SHARE = 0.3;

/** Decides where everything of a comparison goes. Depends on the graphs alone, so nothing moves while a run goes on. */
export function planComparison(a: RunStore, b: RunStore, width: number): ComparisonPlan {
  const inner = Math.max(LEAST_WIDTH, Math.floor(width)) - 2 * PADDING;
  const streams = [a, b].map((store) => planStream(store, inner, AROUND_LANES + LANE_HEIGHT * store.workers));
  const left = Math.max(...streams.map(({ axis }) => axis[0]));
  const [first, second] = streams.map((plan) => ({ ...plan, axis: [left, plan.axis[1]] as const }));
  const differences = planDifferences(a, b, inner);
  const height = first!.height + second!.height + differences.height + 2 * SPACING + 2 * PADDING;
  return { width: inner + 2 * PADDING, height, streams: [first!, second!], differences };
}

function planDifferences(a: RunStore, b: RunStore, width: number): DifferencePlan {
  const names = namesOf(a, b);
  const shown = largest(a, b, names);
  const widest = Math.max(0, ...shown.map((place) => codeWidth(names[place]!, NAME_SIZE)));
  const nameWidth = Math.min(Math.ceil(widest), Math.floor(width * NAME_SHARE));
  const hasAll = width >= ALL_COLUMNS_FROM;
  const timesFrom = Math.max(nameWidth, Math.ceil(textWidth("Function", NAME_SIZE))) + 8;
  const times = hasAll ? ([timesFrom + TIME_WIDTH, timesFrom + 2 * TIME_WIDTH] as const) : undefined;
  const percent = width - (hasAll ? TASKS_WIDTH : 0);
  const difference = percent - PERCENT_WIDTH;
  const top = TITLE_HEIGHT + HEAD_HEIGHT;
  const note = shown.length < names.length ? NOTE_HEIGHT : 0;
  return {
    width,
    height: top + shown.length * ROW_HEIGHT + note,
    rowHeight: ROW_HEIGHT,
    top,
    shown,
    nameLength: lettersIn(nameWidth),
    times,
    bar: [(times?.[1] ?? timesFrom) + 16, difference - DIFFERENCE_WIDTH],
    difference,
    percent,
    tasks: hasAll ? width : undefined,
  };
}

/** The functions with most tasks, in the order of the graph. */
function largest(a: RunStore, b: RunStore, names: readonly string[]): readonly number[] {
  const tasks = new Map<string, number>();
  for (const { name, n } of [...a.groups, ...b.groups]) tasks.set(name, (tasks.get(name) ?? 0) + n);
  const places = names.map((_, place) => place);
  const most = places.sort((x, y) => tasks.get(names[y]!)! - tasks.get(names[x]!)! || x - y).slice(0, MOST_ROWS);
  return most.sort((x, y) => x - y);
}
