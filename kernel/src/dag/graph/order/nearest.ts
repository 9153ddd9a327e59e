/**
 * The next target of a walk: what uses a held result and costs least.
 * @module
 */
import { degree } from "../links.js";
import type { Measures } from "./measures.js";
import type { Progress } from "./progress.js";

/** How many of the latest held results are looked at, and how many consumers of each. */
const BREADTH = 8;
/** Longest chain of only consumers followed. */
const CLIMB = 8;
/** Largest number of missing nodes counted for one target. */
const DEPTH = 64;
/** What a held result is worth to a target that is its last consumer; of n consumers each gets the n-th part. */
const RELEASE = 1024;

/** Finds the next target of a walk. */
export class Nearest {
  readonly #progress: Progress;
  readonly #measures: Measures;
  /** results that may be held, the latest last */
  readonly #held: number[] = [];
  #seen = 0;
  /** first dependent of a node that may not have run */
  readonly #cursor: Int32Array;
  /** number of the search that last met a node */
  readonly #metBy: Int32Array;
  readonly #stack: number[] = [];
  /** of the target searched last: how far it brings held results to their release */
  #release = 0;
  #search = 0;
  /** nodes the searches may still visit in all; keeps the whole walk linear */
  #budget: number;

  constructor(progress: Progress, measures: Measures) {
    const { size, start, to } = progress.dependencies;
    this.#progress = progress;
    this.#measures = measures;
    this.#cursor = progress.dependents.start.slice(0, size);
    this.#metBy = new Int32Array(size).fill(-1);
    this.#budget = 1000 + 4 * (start.length + to.length);
  }

  /** A node that has not run and depends on a held result; -1 if nothing is held. */
  next(): number {
    this.#updateHeld();
    const held = this.#held;
    let best = -1;
    let bestCost = Number.POSITIVE_INFINITY;
    let bestRelease = 0;
    for (let i = held.length - 1; i >= Math.max(0, held.length - BREADTH); i--) {
      for (const consumer of this.#consumersOf(held[i])) {
        const candidate = this.#above(consumer);
        if (this.#budget <= 0 && best !== -1) return best;
        const cost = this.#missingBelow(candidate, bestCost);
        const isBetter =
          cost === bestCost && this.#release === bestRelease
            ? this.#isBetter(candidate, best)
            : cost < bestCost || (cost === bestCost && this.#release > bestRelease);
        if (best !== -1 && !isBetter) continue;
        best = candidate;
        bestCost = cost;
        bestRelease = this.#release;
      }
    }
    return best;
  }

  #updateHeld(): void {
    const { sequence, count, unused } = this.#progress;
    const held = this.#held;
    for (; this.#seen < count; this.#seen++) held.push(sequence[this.#seen]);
    // Only the end that will be looked at is cleaned, each released result once.
    let kept = 0;
    const tail: number[] = [];
    while (held.length > 0 && kept < BREADTH) {
      const node = held.pop()!;
      if (unused[node] === 0) continue;
      tail.push(node);
      kept++;
    }
    while (tail.length > 0) held.push(tail.pop()!);
  }

  #consumersOf(node: number): readonly number[] {
    const { dependents, isDone } = this.#progress;
    const end = dependents.start[node + 1];
    while (isDone[dependents.to[this.#cursor[node]]] === 1) this.#cursor[node]++;
    const found: number[] = [];
    for (let k = this.#cursor[node]; k < end && found.length < BREADTH; k++) {
      if (isDone[dependents.to[k]] === 0) found.push(dependents.to[k]);
    }
    return found;
  }

  /** The end of the chain of only consumers that starts at `node`: what is on the way serves nothing else. */
  #above(node: number): number {
    const { dependents } = this.#progress;
    let top = node;
    for (let i = 0; i < CLIMB && degree(dependents, top) === 1; i++) top = dependents.to[dependents.start[top]];
    return top;
  }

  /** What must be made before `target` can run; Infinity if that is more than `limit` or `DEPTH` nodes. */
  #missingBelow(target: number, limit: number): number {
    const { dependencies, isDone, unused, sizes } = this.#progress;
    const search = this.#search++;
    const stack = this.#stack;
    let nodes = 0;
    let missing = 0;
    this.#release = 0;
    stack.length = 0;
    stack.push(target);
    while (stack.length > 0) {
      const node = stack.pop()!;
      this.#budget--;
      for (let k = dependencies.start[node]; k < dependencies.start[node + 1]; k++) {
        const dependency = dependencies.to[k];
        if (this.#metBy[dependency] === search) continue;
        this.#metBy[dependency] = search;
        if (isDone[dependency] === 1) {
          this.#release += sizes[dependency] * Math.floor(RELEASE / unused[dependency]);
          continue;
        }
        missing += sizes[dependency];
        if (++nodes > DEPTH || missing > limit) {
          this.#release = 0;
          return Number.POSITIVE_INFINITY;
        }
        stack.push(dependency);
      }
    }
    return missing;
  }

  #isBetter(a: number, b: number): boolean {
    const { total, shape } = this.#measures;
    if (total[a] !== total[b]) return total[a] > total[b];
    return shape[a] !== shape[b] && shape[a] < shape[b];
  }
}
