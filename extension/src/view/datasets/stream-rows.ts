import type { StreamPlan } from "../plan/plan.js";
import type { RunStore } from "../store/run-store.js";
import { isDone, State } from "../store/state.js";
import { mix } from "../theme/color.js";
import { NO_STROKE, type Row, type Scene } from "./row.js";

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
export function taskBoxes(plan: StreamPlan, { store, theme, hues }: Scene, x: TimeScale): Row[] {
  const { start, end, state, worker, group } = store.tasks;
  const rows: Row[] = [];
  for (let task = 0; task < start.length; task++) {
    if (start[task]! < 0) continue;
    const isRunning = state[task] === State.processing;
    const from = x(start[task]!);
    const to = x(isRunning || end[task]! < 0 ? store.elapsed : end[task]!);
    const gap = to - from > 3 ? 0.8 : 0; // a hairline between tasks that are wide enough to spare it
    const y = plan.lanesTop + laneOf(plan, worker[task]!) * plan.laneHeight;
    const hasFailed = state[task] === State.erred;
    const hue = hues[group[task]!]!;
    const strength = isRunning ? theme.opacity.running : isDone(state[task]!) ? 1 : theme.opacity.queued;
    rows.push({
      id: task,
      task,
      x: from,
      x2: Math.max(from + 0.6, to - gap),
      y: y + 1,
      y2: y + plan.laneHeight - 1,
      fill: hasFailed ? theme.error : strength < 1 ? mix(theme.ground, hue, strength) : hue, // solid: the grid must not shine through
      o: 1,
      ...NO_STROKE,
    });
  }
  return rows;
}
