import { textWidth } from "../plan/labels.js";
import type { PanelsPlan, StreamPlan } from "../plan/plan.js";
import { trans } from "../text/translation.js";
import type { Datasets, Row, Scene } from "./row.js";
import { countIn, MOST_STREAM_ROWS, type TimeScale, taskBoxes, timeScale } from "./stream-rows.js";
import { stripRows } from "./strip-rows.js";
import { horizonOf, ticksOf } from "./time-axis.js";
import { timeSlices } from "./time-slices.js";

const TICK_ROOM = 64;

/** Rows of the whole stream panel: lanes, axis, memory strip and captions. */
export function streamPanelRows(
  { stream: plan, isStacked }: Pick<PanelsPlan, "stream" | "isStacked">,
  scene: Scene,
): Datasets {
  const { store, theme, formats, lens } = scene;
  const isRunning = store.state === "running";
  const [from, to] = plan.axis;
  const horizon = horizonOf(store.elapsed, isRunning);
  const span = lens?.span ?? ([0, horizon] as const);
  const x = timeScale(span, plan.axis);
  const bottom = plan.rateTop + plan.rateHeight;
  const top = plan.lanes > 0 ? plan.lanesTop : plan.memoryTop;
  const isNowShown = isRunning && store.elapsed >= span[0] && store.elapsed <= span[1];
  const now = { id: 0, x: x(store.elapsed), x2: x(store.elapsed), y: top, y2: bottom, color: theme.ink2 };
  const ticks = ticksOf(span, (to - from) / TICK_ROOM, formats.decimal);
  const isLong = store.sums !== undefined || countIn(store, span) > MOST_STREAM_ROWS;
  const laneTitle = trans._n(
    "Task stream, one lane per worker",
    "Task stream, one lane per %2 workers",
    plan.workersPerLane,
    String(plan.workersPerLane),
  );
  const title = plan.lanes > 0 ? laneTitle : trans.__("Memory");
  return {
    streamTitle: [{ id: 0, x: isStacked ? 0 : from, y: 8, text: title, color: theme.ink2 }],
    gridLines: gridLines(plan, ticks, x, theme.track),
    stream: isLong ? timeSlices(plan, scene, x) : taskBoxes(plan, scene, x),
    ...stripRows(plan, scene, x),
    laneNames: laneNames(plan, scene),
    ticks: ticks.map(({ t, text }, id) => ({
      id,
      x: tickX(x(t), text, plan),
      y: bottom + 11,
      text,
      color: theme.ink3,
    })),
    now: isNowShown ? [now] : [],
    brush: brushRows(plan, scene, x),
  };
}

/** One line per tick through the lanes and one through each strip: the captions between them stay clear. */
function gridLines(plan: StreamPlan, ticks: readonly { t: number }[], x: TimeScale, color: string): Row[] {
  const lanes = { y: plan.lanesTop, y2: plan.lanesTop + plan.lanes * plan.laneHeight };
  const strip = { y: plan.memoryTop, y2: plan.memoryTop + plan.memoryHeight };
  const rate = { y: plan.rateTop, y2: plan.rateTop + plan.rateHeight };
  return ticks.flatMap(({ t }, k) => [
    { id: `lanes ${k}`, x: x(t), x2: x(t), ...lanes, color },
    { id: `strip ${k}`, x: x(t), x2: x(t), ...strip, color },
    ...(plan.rateHeight > 0 ? [{ id: `rate ${k}`, x: x(t), x2: x(t), ...rate, color }] : []),
  ]);
}

/** The time that is marked. */
function brushRows(plan: StreamPlan, { theme, lens }: Scene, x: TimeScale): Row[] {
  if (!lens?.brush) return [];
  const [from, to] = lens.brush;
  const box = { x: x(from), x2: x(to), y: plan.lanesTop, y2: plan.rateTop + plan.rateHeight };
  return [{ id: 0, ...box, fill: theme.ink, o: 0.12, stroke: theme.ink2, strokeWidth: 1 }];
}

/** Centred on its time, but never out of the panel. */
function tickX(x: number, text: string, { width }: StreamPlan): number {
  const half = textWidth(text, 10) / 2;
  return Math.min(width - half, Math.max(half, x));
}

function laneNames(plan: StreamPlan, { theme }: Scene): Row[] {
  const every = plan.laneHeight < 11 ? 2 : 1;
  return Array.from({ length: plan.lanes }, (_, lane) => lane)
    .filter((lane) => lane % every === 0)
    .map((lane) => ({
      id: lane,
      x: plan.axis[0] - 6,
      y: plan.lanesTop + (lane + 0.5) * plan.laneHeight,
      text: `w${lane * plan.workersPerLane}`,
      color: theme.ink3,
    }));
}
