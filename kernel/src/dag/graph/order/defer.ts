/**
 * A sequence in which no task runs before it is needed.
 * @module
 */
import { degree, type Links } from "../links.js";

/**
 * The sequence again, but a task that adds more to what is held than it releases waits until one that
 * releases needs it. What a backward walk gains at the consumers it often loses by loading too early.
 */
export function defer(
  sequence: Int32Array,
  dependencies: Links,
  dependents: Links,
  sizes: Float64Array,
): Int32Array<ArrayBuffer> {
  const { start, to, size } = dependencies;
  const isDone = new Uint8Array(size);
  const unused = new Int32Array(size);
  const place = new Int32Array(size);
  const deferred = new Int32Array(size);
  const stack: number[] = [];
  let count = 0;
  for (let i = 0; i < size; i++) {
    unused[i] = degree(dependents, i);
    place[sequence[i]] = i;
  }
  for (const node of sequence) if (isDone[node] === 0 && growthOf(node) <= 0) run(node);
  for (const node of sequence) run(node);
  return deferred;

  /** What is held more after `node`; of its missing dependencies, only those that stay. */
  function growthOf(node: number): number {
    let growth = unused[node] > 0 ? sizes[node] : 0;
    for (let k = start[node]; k < start[node + 1]; k++) {
      const dependency = to[k];
      const isLast = unused[dependency] === 1;
      if (isDone[dependency] === 1) {
        if (isLast) growth -= sizes[dependency];
      } else if (!isLast) growth += sizes[dependency];
    }
    return growth;
  }

  /** Runs `node` after what it misses, in the order of the sequence. */
  function run(end: number): void {
    stack.push(end);
    while (stack.length > 0) {
      const node = stack.at(-1)!;
      const below = stack.length;
      if (isDone[node] === 0) {
        for (let k = start[node]; k < start[node + 1]; k++) if (isDone[to[k]] === 0) stack.push(to[k]);
      }
      if (stack.length === below) {
        stack.pop();
        if (isDone[node] === 1) continue;
        isDone[node] = 1;
        deferred[count++] = node;
        for (let k = start[node]; k < start[node + 1]; k++) unused[to[k]]--;
      } else if (stack.length > below + 1) {
        const missing = stack.splice(below).sort((a, b) => place[b] - place[a]);
        for (const dependency of missing) stack.push(dependency);
      }
    }
  }
}
