/**
 * The futures that a call needs.
 * @module
 */
import type { LazyNode } from "../lazy-node.js";
import { coreOf } from "./core-of.js";
import type { FutureCore } from "./future-core.js";

const none: readonly FutureCore[] = [];
/** of nodes that were asked about; what a node needs never changes */
const known = new WeakMap<LazyNode, readonly FutureCore[]>();

/** The futures among some nodes and all that they need, each once. Works without recursion. */
export function futuresAmong(nodes: readonly LazyNode[]): readonly FutureCore[] {
  if (nodes.length === 0) return none;
  const found = new Set<FutureCore>();
  for (const node of nodes) {
    const core = coreOf(node.collection);
    if (core !== undefined) found.add(core);
    else if (node.inputs.length > 0) for (const inner of futuresOf(node)) found.add(inner);
  }
  return found.size === 0 ? none : [...found];
}

function futuresOf(root: LazyNode): readonly FutureCore[] {
  const found = new Set<FutureCore>();
  const seen = new Set<LazyNode>([root]);
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const core = coreOf(node.collection);
    if (core !== undefined) found.add(core);
    const before = known.get(node);
    if (before !== undefined) for (const inner of before) found.add(inner);
    else {
      for (const input of node.inputs) {
        if (seen.has(input)) continue;
        seen.add(input);
        stack.push(input);
      }
    }
  }
  const futures = found.size === 0 ? none : [...found];
  known.set(root, futures);
  return futures;
}
