/**
 * One walk over a graph: the sequence of a single worker that wants to hold few results.
 *
 * A target is computed depth first, the neediest dependency first. Whenever something has run, side
 * work that releases at least what it adds runs at once. The next target is the nearest one that uses
 * a held result. Related to, but not a port of, Dask's dask/order.py.
 * @module
 */
import { degree, type Links } from "../links.js";
import type { Measures } from "./measures.js";
import { Nearest } from "./nearest.js";
import { Progress } from "./progress.js";
import { SideWork } from "./side-work.js";

/** What may differ between two walks over one graph. */
export interface WalkStyle {
  /** side work that swaps one held result for another runs at once */
  readonly isEager: boolean;
  /**
   * The first target is the end of the longest work or of the shortest, each next one the nearest; or all
   * ends are targets as they were added, which for blocks of arrays is often a sweep that holds one front.
   */
  readonly targets: "longest" | "shortest" | "added";
}

/**
 * Nodes in the order of one walk.
 * @param sizes `[size]` what each result counts when it is held
 */
export function walk(
  dependencies: Links,
  dependents: Links,
  sizes: Float64Array,
  measures: Measures,
  style: WalkStyle,
): Int32Array<ArrayBuffer> {
  const progress = new Progress(dependencies, dependents, sizes);
  const sideWork = new SideWork(progress, style.isEager);
  const nearest = new Nearest(progress, measures);
  const byNearest = style.targets !== "added";
  const ends = endsOf(dependents);
  if (byNearest) ends.sort(compareEnds);
  const demand: number[] = [];
  const missing: number[] = [];
  let nextEnd = 0;
  while (progress.count < dependencies.size) {
    let target = byNearest ? nearest.next() : -1;
    while (target === -1) {
      const end = ends[nextEnd++];
      if (progress.isDone[end] === 0) target = end;
    }
    demand.push(target);
    while (demand.length > 0) {
      const node = demand.at(-1)!;
      if (progress.isDone[node] === 1) demand.pop();
      else if (progress.missing[node] === 0) {
        demand.pop();
        progress.run(node);
        sideWork.runAll();
      } else demandMissing(node);
    }
  }
  return progress.sequence;

  /** Puts the missing dependencies of `node` on the stack, the first to run on top. */
  function demandMissing(node: number): void {
    missing.length = 0;
    for (let k = dependencies.start[node]; k < dependencies.start[node + 1]; k++) {
      const dependency = dependencies.to[k];
      if (progress.isDone[dependency] === 0) missing.push(dependency);
    }
    if (missing.length > 1) missing.sort(compareDependencies);
    for (let k = missing.length - 1; k >= 0; k--) demand.push(missing[k]);
  }

  function compareDependencies(a: number, b: number): number {
    const { need, total } = measures;
    if (need[a] !== need[b]) return need[b] - need[a];
    if (total[a] !== total[b]) return total[b] > total[a] ? 1 : -1;
    return compareShapes(a, b);
  }

  function compareEnds(a: number, b: number): number {
    const { total } = measures;
    if (total[a] !== total[b]) return total[b] > total[a] === (style.targets === "longest") ? 1 : -1;
    return compareShapes(a, b);
  }

  function compareShapes(a: number, b: number): number {
    return (
      degree(dependencies, a) - degree(dependencies, b) ||
      degree(dependents, a) - degree(dependents, b) ||
      measures.shape[a] - measures.shape[b] ||
      a - b
    );
  }
}

function endsOf(dependents: Links): number[] {
  const ends: number[] = [];
  for (let i = 0; i < dependents.size; i++) if (degree(dependents, i) === 0) ends.push(i);
  return ends;
}
