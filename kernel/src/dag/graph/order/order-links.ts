/**
 * The static order of a graph.
 * @module
 */
import { degree, type Links, reverseLinks } from "../links.js";
import { defer } from "./defer.js";
import { measure } from "./measures.js";
import { type Cost, costOf, isCheaper, lowestPeak, pressureOf } from "./pressure.js";
import { type WalkStyle, walk } from "./walk.js";
import { improveWindows } from "./windows.js";

/** The first is the best alone; each of the others beats it on some graph of test/support/fixtures/order. */
const STYLES: readonly WalkStyle[] = [true, false].flatMap((isEager) =>
  (["longest", "shortest", "added"] as const).map((targets) => ({ isEager, targets })),
);

/** Nodes and links that all walks together may pass (about 0.2 µs each, so 40 ms) … */
const EFFORT = 200_000;
/** … but so many walks even a large graph gets (about 0.5 µs a task each), unless the first cannot be beaten. */
const FEWEST_WALKS = 3;

/** A sequence and what it holds. */
interface Candidate {
  readonly sequence: Int32Array<ArrayBuffer>;
  readonly pressure: Float64Array;
  readonly cost: Cost;
}

/**
 * Position of every node in an order that lets one worker hold few results: of several sequences, the one with
 * the lowest highest pressure, then the lowest sum; of equals the first. Near linear in nodes and links.
 * @param sizes `[size]` what each result counts when it is held, for example its bytes; missing: 1 each
 * @returns `[size]` a permutation; lower runs first
 */
export function orderLinks(dependencies: Links, sizes?: Float64Array): Int32Array {
  const { size } = dependencies;
  const { sequence } = bestOf(dependencies, sizes);
  const position = new Int32Array(size);
  for (let i = 0; i < size; i++) position[sequence[i]] = i;
  return position;
}

function bestOf(dependencies: Links, given?: Float64Array): Candidate {
  const sizes = given ?? new Float64Array(dependencies.size).fill(1);
  const dependents = reverseLinks(dependencies);
  const enough = lowestPeak(dependencies, sizes);
  let walks = Math.max(FEWEST_WALKS, Math.floor(EFFORT / (dependencies.size + dependencies.to.length)));
  const sequences = candidates(dependencies, dependents, sizes);
  let best = candidateOf(sequences.next().value!);
  if (given === undefined) {
    if (isForest(dependents)) return best;
  } else {
    // Sizes are a help, not a harm: the order that only counts results is a candidate too.
    const counted = candidateOf(bestOf(dependencies).sequence);
    if (isCheaper(counted.cost, best.cost)) best = counted;
  }
  while (--walks > 0 && best.cost.peak > enough) {
    const { value, done } = sequences.next();
    if (done === true) break;
    const candidate = candidateOf(value);
    if (isCheaper(candidate.cost, best.cost)) best = candidate;
  }
  improveWindows(best.sequence, best.pressure, dependencies, dependents, sizes, enough);
  return best;

  function candidateOf(sequence: Int32Array<ArrayBuffer>): Candidate {
    const pressure = pressureOf(sequence, dependencies, dependents, sizes);
    return { sequence, pressure, cost: costOf(pressure) };
  }
}

/**
 * Sequences worth trying, the best alone first: for every style a walk, then a walk of the reversed graph read
 * backwards (good where results meet late), and that one with its loads deferred.
 */
function* candidates(
  dependencies: Links,
  dependents: Links,
  sizes: Float64Array,
): Generator<Int32Array<ArrayBuffer>, undefined> {
  const forward = measure(dependencies, dependents, sizes);
  for (const style of STYLES) yield walk(dependencies, dependents, sizes, forward, style);
  const backward = measure(dependents, dependencies, sizes);
  for (const style of STYLES) {
    const reversed = walk(dependents, dependencies, sizes, backward, style).reverse();
    yield reversed;
    yield defer(reversed, dependencies, dependents, sizes);
  }
  return undefined;
}

/** Whether no result is used twice. Then the neediest first is the best order (Sethi and Ullman). */
function isForest(dependents: Links): boolean {
  for (let i = 0; i < dependents.size; i++) if (degree(dependents, i) > 1) return false;
  return true;
}
