import type { RunStore } from "../store/run-store.js";
import { levelOf } from "./levels.js";
import { planNodes } from "./nodes-plan.js";
import { planOverview } from "./overview-plan.js";
import type { Plan } from "./plan.js";

/** Nothing is readable below; a narrower page scrolls. */
const LEAST_WIDTH = 400;

export interface PlanOptions {
  /** the reader asked for the graph of a run so small that only its header is shown */
  readonly isOpen?: boolean;
  /** functions that share their card with no other, however many there are */
  readonly opened?: ReadonlySet<number>;
}

/**
 * Decides what to draw of a run at `width` pixels, and where. Depends on the graph alone, so nothing
 * moves while the run goes on. The plan may be wider than `width`: let the page scroll it sideways.
 */
export function planView(store: RunStore, width: number, options: PlanOptions = {}): Plan {
  const usable = Math.max(LEAST_WIDTH, Math.floor(width));
  const level = levelOf(store, options.isOpen ?? false);
  if (level === "line") return { level, width: usable, height: 0 };
  return level === "nodes" ? planNodes(store, usable) : planOverview(store, usable, level, options.opened);
}
