import type { StreamPlan } from "../plan/plan.js";
import type { RunStore } from "../store/run-store.js";
import { isDone, State } from "../store/state.js";
import { mix } from "../theme/color.js";
import { NO_STROKE, type Row, RowMemo, type Scene } from "./row.js";

/** Beyond, a stream shows slices of time instead of tasks. */
export const MOST_STREAM_ROWS = 2_000;

/** A time as a pixel of the stream. */
export type TimeScale = (t: number) => number;

/** The lane of a worker. */
export function laneOf(plan: StreamPlan, worker: number): number {
  return Math.min(plan.lanes - 1, Math.max(0, Math.floor(worker / plan.workersPerLane)));
}

export function countStarted({ tasks }: RunStore): number {
  let count = 0;
  for (const start of tasks.start) if (start >= 0) count++;
  return count;
}

/** A box for every task that has started. */
export function taskBoxes(plan: StreamPlan, scene: Scene, horizon: number, x: TimeScale): Row[] {
  const { start, end } = scene.store.tasks;
  const memo = scene.memo ?? new RowMemo();
  if (memo.horizon !== horizon) memo.boxes.clear();
  memo.horizon = horizon;
  const rows: Row[] = [];
  for (let task = 0; task < start.length; task++) {
    if (start[task]! < 0) continue;
    const last = memo.boxes.get(task);
    const isSame = last && last.start === start[task] && last.end === end[task];
    const row = isSame ? last.row : boxOf(task, plan, scene, x);
    if (!isSame && end[task]! >= 0) memo.boxes.set(task, { start: start[task]!, end: end[task]!, row });
    rows.push(row);
  }
  return rows;
}

function boxOf(task: number, plan: StreamPlan, { store, theme, hues }: Scene, x: TimeScale): Row {
  const { start, end, state, worker, group } = store.tasks;
  const isRunning = state[task] === State.processing;
  const from = x(start[task]!);
  const to = x(isRunning || end[task]! < 0 ? store.elapsed : end[task]!);
  const gap = to - from > 3 ? 0.8 : 0; // a hairline between tasks that are wide enough to spare it
  const y = plan.lanesTop + laneOf(plan, worker[task]!) * plan.laneHeight;
  const hue = hues[group[task]!]!;
  const strength = isRunning ? theme.opacity.running : isDone(state[task]!) ? 1 : theme.opacity.queued;
  const fill = strength < 1 ? mix(theme.ground, hue, strength) : hue; // solid: the grid must not shine through
  return {
    id: task,
    task,
    x: from,
    x2: Math.max(from + 0.6, to - gap),
    y: y + 1,
    y2: y + plan.laneHeight - 1,
    fill: state[task] === State.erred ? theme.error : fill,
    o: 1,
    ...NO_STROKE,
  };
}
