/**
 * Which futures may share a run.
 * @module
 */

import type { EngineChoice } from "../engine-choice.js";

/** Futures that are submitted in one turn and agree in all of this become one run. */
export interface RunGroup {
  /** undefined: the engine of this process */
  readonly engine: EngineChoice;
  readonly workers: number | undefined;
  readonly progress: boolean;
  /** undefined: the names of the futures */
  readonly title: string | undefined;
  /** id of the execute request of the cell that submitted, in a kernel */
  readonly cell: string | undefined;
  /** what was called, for the title: `submit` or `map` */
  readonly verb: string;
}

/** True if futures of both may share a run. */
export function isSameGroup(a: RunGroup, b: RunGroup): boolean {
  return (
    a.engine === b.engine &&
    a.workers === b.workers &&
    a.progress === b.progress &&
    a.title === b.title &&
    a.cell === b.cell &&
    a.verb === b.verb
  );
}
