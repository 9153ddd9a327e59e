import type { RunStore } from "../store/run-store.js";
import { formatsFor } from "../text/formats.js";
import { trans } from "../text/translation.js";
import { lettersIn } from "./card-sizes.js";
import { planCards } from "./cards-plan.js";
import { codeWidth, shortenCard, textWidth } from "./labels.js";
import {
  type Card,
  type OverviewPlan,
  PADDING,
  type PanelsPlan,
  type ProgressPlan,
  SPACING,
  type StreamPlan,
  TITLE_HEIGHT,
} from "./plan.js";

/** Below this width bars and stream stand one below the other. */
const STACK_BELOW = 720;
const MOST_LANES = 32;
const MEMORY_HEIGHT = 24;
/** A run of more tasks shows how many it does in a second: single tasks cannot be seen. */
const RATE_FROM = 100_000;
/** between the lanes and the strip: its caption */
const CAPTION_HEIGHT = 18;
/** below the strip: the labels of the time axis */
const AXIS_HEIGHT = 18;
const LETTERS_OF_NAME = 36;

/** Cards with tiles on top, below them bars by function and the task stream. */
export function planOverview(
  store: RunStore,
  width: number,
  level: OverviewPlan["level"],
  opened: ReadonlySet<number> = new Set(),
): OverviewPlan {
  const inner = width - 2 * PADDING;
  const { graph, tasksPerTile } = planCards(store, inner, opened);
  const panels = store.state === "planned" ? undefined : planPanels(store, graph.nodes, inner, width < STACK_BELOW);
  return {
    level,
    width: graph.width + 2 * PADDING,
    height: graph.height + (panels ? SPACING + heightOf(panels) : 0) + 2 * PADDING,
    tasksPerTile,
    hasLevels: tasksPerTile > 1 || !store.tasks.hasTasks,
    graph,
    note: noteOf(store, graph.nodes.length, tasksPerTile),
    panels,
  };
}

function planPanels(store: RunStore, cards: readonly Card[], inner: number, isStacked: boolean): PanelsPlan {
  const progressWidth = isStacked ? inner : Math.round(Math.min(460, Math.max(320, inner * 0.42)));
  const progress = planProgress(cards, progressWidth);
  const streamWidth = isStacked ? inner : inner - progressWidth - SPACING;
  return { progress, stream: planStream(store, streamWidth, isStacked ? 0 : progress.height), isStacked };
}

function heightOf({ progress, stream, isStacked }: PanelsPlan): number {
  return isStacked ? progress.height + SPACING + stream.height : Math.max(progress.height, stream.height);
}

function noteOf(store: RunStore, cards: number, perTile: number): string {
  const notes: string[] = [];
  if (perTile > 1) notes.push(trans._n("1 tile = %2 task", "1 tile = %2 tasks", perTile, formatsFor().count(perTile)));
  if (perTile > 1 && !store.tasks.hasTasks && !store.sums) notes.push(trans.__("sorted by state"));
  if (cards < store.groups.length) {
    notes.push(
      trans._n(
        "%2 function on %3 cards: click one that has several",
        "%2 functions on %3 cards: click one that has several",
        store.groups.length,
        formatsFor().count(store.groups.length),
        formatsFor().count(cards),
      ),
    );
  }
  return notes.join(" · ");
}

function planProgress(cards: readonly Card[], width: number): ProgressPlan {
  const order = [...cards].sort(({ box: a }, { box: c }) => a.x - c.x || a.y - c.y);
  const rowHeight = cards.length > 12 ? 19 : 22;
  const widestName = Math.max(...cards.map((card) => codeWidth(shortenCard(card, LETTERS_OF_NAME), 11)));
  const widestCount = Math.max(
    ...cards.map(({ n }) => textWidth(`${n.toLocaleString("en")}/${n.toLocaleString("en")}`, 11)),
  );
  const nameWidth = Math.min(Math.ceil(widestName), Math.floor(width * 0.42));
  const bar = [nameWidth + 14, Math.floor(width - 46 - widestCount - 10)] as const;
  return {
    width,
    height: TITLE_HEIGHT + cards.length * rowHeight,
    rowHeight,
    bar,
    nameLength: lettersIn(nameWidth),
    order,
  };
}

/** Lanes and strips in about `height` pixels. */
export function planStream({ workers, tasks, sums, n }: RunStore, width: number, height: number): StreamPlan {
  const workersPerLane = Math.ceil(Math.max(1, workers) / MOST_LANES);
  const lanes = tasks.hasTasks || sums ? Math.ceil(Math.max(1, workers) / workersPerLane) : 0;
  const memoryHeight = lanes > 0 ? MEMORY_HEIGHT : 2 * MEMORY_HEIGHT;
  const hasRate = sums !== undefined && n > RATE_FROM;
  const strips = CAPTION_HEIGHT + memoryHeight + (hasRate ? CAPTION_HEIGHT + MEMORY_HEIGHT : 0);
  const around = TITLE_HEIGHT + strips + AXIS_HEIGHT;
  const most = lanes > 16 ? 7 : lanes > 8 ? 14 : lanes > 4 ? 20 : 30;
  const least = Math.min(most, lanes > 4 ? 12 : 20);
  const laneHeight = Math.min(most, Math.max(least, Math.floor((height - around) / Math.max(1, lanes))));
  const memoryTop = TITLE_HEIGHT + lanes * laneHeight + CAPTION_HEIGHT;
  const label = Math.ceil(textWidth(`w${workers - 1}`, 10)) + 8;
  return {
    width,
    height: memoryTop + strips - CAPTION_HEIGHT + AXIS_HEIGHT,
    axis: [label, width - 2],
    lanes,
    workersPerLane,
    laneHeight,
    lanesTop: TITLE_HEIGHT,
    memoryTop,
    memoryHeight,
    rateTop: memoryTop + memoryHeight + (hasRate ? CAPTION_HEIGHT : 0),
    rateHeight: hasRate ? MEMORY_HEIGHT : 0,
  };
}
