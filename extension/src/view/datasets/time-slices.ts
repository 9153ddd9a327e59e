import type { Span } from "../lens.js";
import type { StreamPlan } from "../plan/plan.js";
import type { RunStore } from "../store/run-store.js";
import { State } from "../store/state.js";
import type { StreamBins } from "../store/stream-bins.js";
import { mix } from "../theme/color.js";
import { NO_STROKE, type Row, type Scene } from "./row.js";
import { isGroupMeant, PALE } from "./stand-out.js";
import { laneOf, MOST_STREAM_ROWS, type TimeScale } from "./stream-rows.js";

/** In a lane this high a slice is split by function; in a lower one it shows what ran most. */
const SPLIT_FROM = 12;
/** The rest of a slice is drawn without a hue. */
const MOST_PARTS = 3;

/**
 * A stream of many tasks: each lane is cut into slices of time, each slice filled from below as far as
 * the lane was busy, split by the functions that ran there. A failure is always on top, in red.
 */
export function timeSlices(plan: StreamPlan, scene: Scene, x: TimeScale): Row[] {
  const parts = plan.laneHeight >= SPLIT_FROM ? MOST_PARTS + 1 : 2;
  const most = Math.max(1, Math.floor(MOST_STREAM_ROWS / (plan.lanes * parts)));
  const columns = scene.hues.length + 1;
  const { busy, slices, sliceMs, from } = busyTimes(plan, scene.store, most, x.span, columns);
  const rows: Row[] = [];
  for (let lane = 0; lane < plan.lanes; lane++) {
    const bottom = plan.lanesTop + (lane + 1) * plan.laneHeight - 1;
    for (let slice = 0; slice < slices; slice++) {
      const at = (lane * slices + slice) * columns;
      const start = from + slice * sliceMs;
      const open = Math.min(sliceMs, Math.max(1, scene.store.elapsed - start)) * plan.workersPerLane;
      const pixels = (plan.laneHeight - 2) / open;
      const [left, right] = [Math.round(x(start)), Math.round(x(start + sliceMs))];
      if (right <= left) continue;
      let y2 = bottom;
      for (const { name, ms, fill } of partsOf(busy.subarray(at, at + columns), scene, parts - 1)) {
        const least = name === "failed" ? 2 : 0;
        const y = Math.max(bottom - plan.laneHeight + 2, y2 - Math.max(least, ms * pixels));
        const box = { x: left, x2: right, y, y2 };
        rows.push({ id: `${lane} ${slice} ${name}`, ...box, fill, o: 1, ...NO_STROKE });
        y2 = y;
      }
    }
  }
  return rows;
}

/** Time of one slice by function in order, the small ones together; failures last. */
function partsOf(ms: Float32Array, scene: Scene, most: number) {
  const { hues, theme } = scene;
  const failed = hues.length;
  const ran = hues.map((_, group) => group).filter((group) => ms[group]! > 0);
  const shown = new Set([...ran].sort((a, b) => ms[b]! - ms[a]! || a - b).slice(0, most));
  const parts = ran
    .filter((group) => shown.has(group))
    .map((group) => ({
      name: `${group}`,
      ms: ms[group]!,
      fill: isGroupMeant(scene, group) ? hues[group]! : mix(theme.ground, hues[group]!, PALE),
    }));
  const rest = ran.reduce((sum, group) => sum + (shown.has(group) ? 0 : ms[group]!), 0);
  if (rest > 0) parts.push({ name: "rest", ms: rest, fill: theme.edge });
  if (ms[failed]! > 0) parts.push({ name: "failed", ms: ms[failed]!, fill: theme.error });
  return parts;
}

interface BusyTimes {
  /** milliseconds by lane, slice and group; failed tasks count as a group of their own, the last */
  readonly busy: Float32Array;
  readonly slices: number;
  readonly sliceMs: number;
  /** when the first slice begins */
  readonly from: number;
}

function busyTimes(plan: StreamPlan, store: RunStore, most: number, span: Span, columns: number): BusyTimes {
  const [from, until] = span;
  if (store.sums) return mergedBins(plan, store.sums.stream, most, [from, Math.min(until, store.elapsed)], columns);
  const [slices, sliceMs] = [most, (until - from) / most];
  const { start, end, state, worker, group } = store.tasks;
  const busy = new Float32Array(plan.lanes * slices * columns);
  for (let task = 0; task < start.length; task++) {
    if (start[task]! < 0) continue;
    const to = end[task]! < 0 ? store.elapsed : end[task]!;
    const column = state[task] === State.erred ? columns - 1 : group[task]!;
    const lane = laneOf(plan, worker[task]!);
    const last = Math.min(slices - 1, Math.floor((to - from) / sliceMs));
    for (let slice = Math.max(0, Math.floor((start[task]! - from) / sliceMs)); slice <= last; slice++) {
      const begin = from + slice * sliceMs;
      const overlap = Math.min(to, begin + sliceMs) - Math.max(start[task]!, begin);
      busy[(lane * slices + slice) * columns + column]! += overlap;
    }
  }
  return { busy, slices, sliceMs, from };
}

/** The slices of the kernel within a span, so many of them together that at most `most` are left. */
function mergedBins(plan: StreamPlan, bins: StreamBins, most: number, span: Span, columns: number): BusyTimes {
  const first = Math.floor(span[0] / bins.sliceMs);
  const begun = Math.max(1, Math.min(bins.slices, Math.ceil(span[1] / bins.sliceMs)) - first);
  const together = Math.ceil(begun / most);
  const slices = Math.ceil(begun / together);
  const busy = new Float32Array(plan.lanes * slices * columns);
  for (let lane = 0; lane < Math.min(plan.lanes, bins.lanes); lane++) {
    for (let slice = 0; slice < begun; slice++) {
      const at = (lane * slices + Math.floor(slice / together)) * columns;
      for (const [column, ms] of bins.at(lane, first + slice).entries()) busy[at + column]! += ms;
    }
  }
  return { busy, slices, sliceMs: bins.sliceMs * together, from: first * bins.sliceMs };
}
