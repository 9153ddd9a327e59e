/**
 * The static order of a graph.
 * @module
 */
import { type Links, reverseLinks } from "../links.js";
import { type Measures, measure } from "./measures.js";
import { pressureOf } from "./pressure.js";
import { type WalkStyle, walk } from "./walk.js";

/** The first is the best alone. */
const STYLES: readonly WalkStyle[] = [true, false].flatMap((isEager) =>
  [true, false].flatMap((byNeed) => [true, false].map((longestFirst) => ({ isEager, byNeed, longestFirst }))),
);

/** Nodes and links that all walks together may pass; a larger graph is walked once. */
const EFFORT = 60_000;

/**
 * Position of every node in an order that lets one worker hold few results: of several walks, the one with
 * the lowest highest pressure, then the lowest sum; of equals the first. Near linear in nodes and links.
 * @returns `[size]` a permutation; lower runs first
 */
export function orderLinks(dependencies: Links): Int32Array {
  const dependents = reverseLinks(dependencies);
  const measures = measure(dependencies, dependents);
  const sequence = bestWalk(dependencies, dependents, measures);
  const position = new Int32Array(dependencies.size);
  for (let i = 0; i < sequence.length; i++) position[sequence[i]] = i;
  return position;
}

function bestWalk(dependencies: Links, dependents: Links, measures: Measures): Int32Array {
  const walks = Math.max(1, Math.floor(EFFORT / (dependencies.size + dependencies.to.length)));
  let best = walk(dependencies, dependents, measures, STYLES[0]);
  if (walks === 1) return best;
  let bestCost = costOf(best);
  for (const style of STYLES.slice(1, walks)) {
    const sequence = walk(dependencies, dependents, measures, style);
    const cost = costOf(sequence);
    if (cost.peak < bestCost.peak || (cost.peak === bestCost.peak && cost.sum < bestCost.sum)) {
      best = sequence;
      bestCost = cost;
    }
  }
  return best;

  function costOf(sequence: Int32Array): { peak: number; sum: number } {
    let peak = 0;
    let sum = 0;
    for (const held of pressureOf(sequence, dependencies, dependents)) {
      peak = Math.max(peak, held);
      sum += held;
    }
    return { peak, sum };
  }
}
