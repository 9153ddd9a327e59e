/**
 * The state of a walk: what has run, what each node still misses, which results are held.
 * @module
 */
import { degree, type Links } from "../links.js";

/** How far a walk is. All arrays have one entry per node. */
export class Progress {
  readonly dependencies: Links;
  readonly dependents: Links;
  /** what each result counts when it is held */
  readonly sizes: Float64Array;
  readonly sequence: Int32Array<ArrayBuffer>;
  readonly isDone: Uint8Array;
  /** dependencies of a node that have not run */
  readonly missing: Int32Array;
  /** dependents of a node that have not run; a node that ran is held while this is above 0 */
  readonly unused: Int32Array;
  /** nodes that may have become worth running on the side, the next one last */
  readonly candidates: number[] = [];
  /** number of nodes that ran */
  count = 0;

  constructor(dependencies: Links, dependents: Links, sizes: Float64Array) {
    const { size } = dependencies;
    this.dependencies = dependencies;
    this.dependents = dependents;
    this.sizes = sizes;
    this.sequence = new Int32Array(size);
    this.isDone = new Uint8Array(size);
    this.missing = new Int32Array(size);
    this.unused = new Int32Array(size);
    for (let i = 0; i < size; i++) {
      this.missing[i] = degree(dependencies, i);
      this.unused[i] = degree(dependents, i);
    }
  }

  /** Runs a node that misses nothing and notes whom that brings nearer to running or releasing. */
  run(node: number): void {
    const { dependencies, dependents, missing, unused, candidates } = this;
    this.sequence[this.count++] = node;
    this.isDone[node] = 1;
    for (let k = dependencies.start[node]; k < dependencies.start[node + 1]; k++) {
      const dependency = dependencies.to[k];
      if (--unused[dependency] === 1) this.#note(this.firstWaiting(dependents, dependency));
    }
    // Backwards, so that of equals the first is the next.
    for (let k = dependents.start[node + 1] - 1; k >= dependents.start[node]; k--) {
      const dependent = dependents.to[k];
      if (--missing[dependent] <= 1) candidates.push(dependent);
    }
    if (unused[node] === 1) this.#note(this.firstWaiting(dependents, node));
  }

  #note(node: number): void {
    if (this.missing[node] <= 1) this.candidates.push(node);
  }

  /** First node in row `of` that has not run. */
  firstWaiting(links: Links, of: number): number {
    let k = links.start[of];
    while (this.isDone[links.to[k]] === 1) k++;
    return links.to[k];
  }
}
