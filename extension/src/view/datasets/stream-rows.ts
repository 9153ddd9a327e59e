import type { StreamPlan } from "../plan/plan.js";
import type { RunStore } from "../store/run-store.js";
import { isDone, State } from "../store/state.js";
import { NO_STROKE, type Row, type Scene } from "./row.js";

export const MOST_STREAM_ROWS = 2_000;

/** A time as a pixel of the stream. */
export type TimeScale = (t: number) => number;

/**
 * Rows of the task stream: a box per task that has started; beyond 2,000 tasks a column per lane and
 * slice of time, in the colour of what ran most there, as high as the lane was busy.
 */
export function streamRows(plan: StreamPlan, scene: Scene, horizon: number, x: TimeScale): Row[] {
  const started = countStarted(scene.store);
  return started <= MOST_STREAM_ROWS ? taskBoxes(plan, scene, x) : timeSlices(plan, scene, horizon, x);
}

function countStarted({ tasks }: RunStore): number {
  let count = 0;
  for (const start of tasks.start) if (start >= 0) count++;
  return count;
}

function laneOf(plan: StreamPlan, worker: number): number {
  return Math.min(plan.lanes - 1, Math.max(0, Math.floor(worker / plan.workersPerLane)));
}

function taskBoxes(plan: StreamPlan, { store, theme, hues }: Scene, x: TimeScale): Row[] {
  const { start, end, state, worker, group } = store.tasks;
  const rows: Row[] = [];
  for (let task = 0; task < store.n; task++) {
    if (start[task]! < 0) continue;
    const isRunning = state[task] === State.processing;
    const from = x(start[task]!);
    const to = x(isRunning || end[task]! < 0 ? store.elapsed : end[task]!);
    const gap = to - from > 3 ? 0.8 : 0; // a hairline between tasks that are wide enough to spare it
    const y = plan.lanesTop + laneOf(plan, worker[task]!) * plan.laneHeight;
    const hasFailed = state[task] === State.erred;
    rows.push({
      id: task,
      task,
      x: from,
      x2: Math.max(from + 0.6, to - gap),
      y: y + 1,
      y2: y + plan.laneHeight - 1,
      fill: hasFailed ? theme.error : hues[group[task]!]!,
      o: isRunning ? theme.opacity.running : hasFailed || isDone(state[task]!) ? 1 : theme.opacity.queued,
      ...NO_STROKE,
    });
  }
  return rows;
}

function timeSlices(plan: StreamPlan, { store, theme, hues }: Scene, horizon: number, x: TimeScale): Row[] {
  const slices = Math.max(1, Math.min(Math.floor(MOST_STREAM_ROWS / plan.lanes), Math.floor(plan.width / 2)));
  const sliceMs = horizon / slices;
  const busy = busyTimes(plan, store, slices, sliceMs, hues.length);
  const rows: Row[] = [];
  for (let lane = 0; lane < plan.lanes; lane++) {
    const bottom = plan.lanesTop + (lane + 1) * plan.laneHeight - 1;
    for (let slice = 0; slice < slices; slice++) {
      const at = (lane * slices + slice) * (hues.length + 1);
      const { top, total } = strongest(busy, at, hues.length + 1);
      if (total <= 0) continue;
      const open = Math.min(sliceMs, Math.max(1, store.elapsed - slice * sliceMs)) * plan.workersPerLane;
      const height = Math.max(1, (plan.laneHeight - 2) * Math.min(1, total / open));
      rows.push({
        id: `${lane} ${slice}`,
        slice,
        lane,
        x: x(slice * sliceMs),
        x2: x((slice + 1) * sliceMs),
        y: bottom - height,
        y2: bottom,
        fill: top === hues.length ? theme.error : hues[top]!,
        o: 1,
        ...NO_STROKE,
      });
    }
  }
  return rows;
}

/** Milliseconds by lane, slice and group; failed tasks count as a group of their own, the last. */
function busyTimes(plan: StreamPlan, store: RunStore, slices: number, sliceMs: number, groups: number): Float32Array {
  const { start, end, state, worker, group } = store.tasks;
  const busy = new Float32Array(plan.lanes * slices * (groups + 1));
  for (let task = 0; task < store.n; task++) {
    if (start[task]! < 0) continue;
    const to = end[task]! < 0 ? store.elapsed : end[task]!;
    const column = state[task] === State.erred ? groups : group[task]!;
    const lane = laneOf(plan, worker[task]!);
    const last = Math.min(slices - 1, Math.floor(to / sliceMs));
    for (let slice = Math.floor(start[task]! / sliceMs); slice <= last; slice++) {
      const overlap = Math.min(to, (slice + 1) * sliceMs) - Math.max(start[task]!, slice * sliceMs);
      busy[(lane * slices + slice) * (groups + 1) + column]! += overlap;
    }
  }
  return busy;
}

/** A failure wins over everything: it must not vanish among thousands. */
function strongest(busy: Float32Array, at: number, columns: number): { top: number; total: number } {
  let [top, total] = [0, 0];
  for (let k = 0; k < columns; k++) {
    const ms = busy[at + k]!;
    total += ms;
    if (ms > busy[at + top]! || (k === columns - 1 && ms > 0)) top = k;
  }
  return { top, total };
}
