/**
 * Work beside the target that is worth doing at once because it releases what it adds.
 * @module
 */
import { degree } from "../links.js";
import type { Progress } from "./progress.js";

/** Longest path looked at; keeps the search linear. */
const LONGEST = 16;

/** Runs what is worth doing on the side. */
export class SideWork {
  readonly #progress: Progress;
  readonly #path: number[] = [];
  /** candidates that are no single task worth running */
  readonly #later: number[] = [];
  readonly #isEager: boolean;

  constructor(progress: Progress, isEager: boolean) {
    this.#progress = progress;
    this.#isEager = isEager;
  }

  /** Runs side work until none is worth it: single tasks before paths, which hold more on the way. */
  runAll(): void {
    const { candidates, isDone, missing } = this.#progress;
    for (;;) {
      const candidate = candidates.pop() ?? this.#later.pop();
      if (candidate === undefined) return;
      if (isDone[candidate] === 1) continue;
      const isReady = missing[candidate] === 0;
      if (isReady && this.#isWorth(candidate, this.#growth(candidate, -1))) this.#progress.run(candidate);
      else if (candidates.length > 0) this.#later.push(candidate);
      else if (this.#pathBackFrom(candidate)) this.#runIfWorth();
    }
  }

  /** Fills the path with what must run for `end`; false if that is not a single chain. */
  #pathBackFrom(end: number): boolean {
    const { missing, dependencies } = this.#progress;
    this.#path.length = 0;
    let node = end;
    while (this.#path.length < LONGEST) {
      this.#path.push(node);
      if (missing[node] === 0) {
        this.#path.reverse();
        return true;
      }
      if (missing[node] !== 1) return false;
      node = this.#progress.firstWaiting(dependencies, node);
    }
    return false;
  }

  /** Runs the shortest beginning of the path, extended along its chain, after which no more is held than now. */
  #runIfWorth(): void {
    const path = this.#path;
    const { missing, dependents } = this.#progress;
    let growth = 0;
    for (let i = 0; i < path.length; i++) {
      const node = path[i];
      growth += this.#growth(node, i === 0 ? -1 : path[i - 1]);
      if (this.#isWorth(node, growth)) {
        for (let k = 0; k <= i; k++) this.#progress.run(path[k]);
        return;
      }
      const isLast = i === path.length - 1;
      if (!isLast || i === LONGEST || degree(dependents, node) !== 1) continue;
      const dependent = dependents.to[dependents.start[node]];
      if (missing[dependent] === 1) path.push(dependent);
    }
  }

  /** A swap of one held result for another often clears the way, but sometimes hinders the target. */
  #isWorth(last: number, growth: number): boolean {
    return growth < 0 || (growth === 0 && (this.#isEager || this.#progress.unused[last] === 0));
  }

  /** Change of what is held when `node` runs after `before`. */
  #growth(node: number, before: number): number {
    const { dependencies, unused, sizes, isDone } = this.#progress;
    let growth = unused[node] > 0 ? sizes[node] : 0;
    for (let k = dependencies.start[node]; k < dependencies.start[node + 1]; k++) {
      const dependency = dependencies.to[k];
      if (unused[dependency] === 1 && (isDone[dependency] === 1 || dependency === before)) growth -= sizes[dependency];
    }
    return growth;
  }
}
