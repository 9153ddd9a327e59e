import type { Span } from "../lens.js";
import type { StreamPlan } from "../plan/plan.js";
import type { RunStore } from "../store/run-store.js";
import { isDone, State } from "../store/state.js";
import { mix } from "../theme/color.js";
import { NO_STROKE, type Row, RowMemo, type Scene } from "./row.js";
import { isGroupMeant, PALE } from "./stand-out.js";
import { failureOutline } from "./tile-look.js";

/** Beyond, a stream shows slices of time instead of tasks. */
export const MOST_STREAM_ROWS = 2_000;

/** The time axis of a stream: which times it shows, and where. */
export interface TimeScale {
  (t: number): number;
  readonly span: Span;
}

/** Times from `span` on the pixels from `from` to `to`; earlier and later ones at their ends. */
export function timeScale(span: Span, [from, to]: readonly [number, number]): TimeScale {
  const [first, last] = span;
  const scale = (t: number) => from + (Math.min(last - first, Math.max(0, t - first)) / (last - first)) * (to - from);
  return Object.assign(scale, { span });
}

/** The lane of a worker. */
export function laneOf(plan: StreamPlan, worker: number): number {
  return Math.min(plan.lanes - 1, Math.max(0, Math.floor(worker / plan.workersPerLane)));
}

/** Tasks that ran within `span`. */
export function countIn({ tasks }: RunStore, span: Span): number {
  let count = 0;
  for (let task = 0; task < tasks.start.length; task++) if (isIn(tasks, task, span)) count++;
  return count;
}

function isIn({ start, end }: RunStore["tasks"], task: number, [first, last]: Span): boolean {
  return start[task]! >= 0 && start[task]! <= last && (end[task]! < 0 || end[task]! >= first);
}

/** A box for every task that has started. */
export function taskBoxes(plan: StreamPlan, scene: Scene, x: TimeScale): Row[] {
  const { start, end } = scene.store.tasks;
  const memo = scene.memo ?? new RowMemo();
  const axis = x.span.join();
  if (memo.axis !== axis) memo.boxes.clear();
  memo.axis = axis;
  const rows: Row[] = [];
  for (let task = 0; task < start.length; task++) {
    if (!isIn(scene.store.tasks, task, x.span)) continue;
    const last = memo.boxes.get(task);
    const isSame = last && last.start === start[task] && last.end === end[task];
    const row = isSame ? last.row : boxOf(task, plan, scene, x);
    if (!isSame && end[task]! >= 0) memo.boxes.set(task, { start: start[task]!, end: end[task]!, row });
    rows.push(row);
  }
  return rows;
}

function boxOf(task: number, plan: StreamPlan, scene: Scene, x: TimeScale): Row {
  const { store, theme, hues } = scene;
  const { start, end, state, worker, group } = store.tasks;
  const isRunning = state[task] === State.processing;
  const from = x(start[task]!);
  const to = x(isRunning || end[task]! < 0 ? store.elapsed : end[task]!);
  const gap = to - from > 3 ? 0.8 : 0; // a hairline between tasks that are wide enough to spare it
  const y = plan.lanesTop + laneOf(plan, worker[task]!) * plan.laneHeight;
  const hue = hues[group[task]!]!;
  const isMeant = isGroupMeant(scene, group[task]!);
  const strength = isRunning ? theme.opacity.running : isDone(state[task]!) ? 1 : theme.opacity.queued;
  const isFailed = state[task] === State.erred;
  const color = isFailed ? theme.error : strength < 1 ? mix(theme.ground, hue, strength) : hue;
  return {
    id: task,
    task,
    x: from,
    x2: Math.max(from + 0.6, to - gap),
    y: y + 1,
    y2: y + plan.laneHeight - 1,
    fill: isMeant ? color : mix(theme.ground, color, PALE), // solid: the grid must not shine through
    o: 1,
    ...(isFailed && isMeant ? failureOutline(theme) : NO_STROKE),
  };
}
