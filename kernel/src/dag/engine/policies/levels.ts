/**
 * Priorities that users gave to tasks.
 * @module
 */
import type { PackedGraph } from "../../graph/packed.js";

/** User priorities of tasks, counted from the highest. */
export interface Levels {
  /** number of different ones */
  readonly count: number;
  /** 0 for tasks of the highest priority */
  levelOf(task: number): number;
}

/** The priorities of a graph. */
export function levelsOf({ options }: PackedGraph): Levels {
  const given = new Set([0]);
  for (const { priority } of options.values()) given.add(priority ?? 0);
  if (given.size === 1) return { count: 1, levelOf: () => 0 };
  const levels = new Map([...given].sort((a, b) => b - a).map((priority, level) => [priority, level]));
  return { count: levels.size, levelOf: (task) => levels.get(options.get(task)?.priority ?? 0) ?? 0 };
}
