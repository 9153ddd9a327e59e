/**
 * The tasks behind lazy objects, linked to each other: a call costs the same however large its graph is.
 * The Graph is made when something is computed.
 * @module
 */
import { threadGlobal } from "../thread-global.js";
import { type Collection, collectionSymbol, functionSymbol, isCollection } from "./collection.js";
import type { Graph } from "./graph/graph.js";
import type { Key } from "./graph/key.js";
import { replaceIn } from "./graph/replace.js";
import { Reference } from "./graph/task.js";

/** One entry of a future graph and the nodes its value refers to. */
export interface LazyNode {
  readonly key: Key;
  readonly inputs: readonly LazyNode[];
  readonly value: unknown;
  /** set if the entry is the result of another collection, as one value */
  readonly collection?: Collection<unknown>;
}

/** Under this symbol a lazy object that is one node keeps it. */
export const nodeSymbol = Symbol.for("dagbook.node");

interface HasNode {
  readonly [nodeSymbol]: LazyNode;
}

/** Adds a node and all it needs, dependencies first, without recursion. */
export function addNode(graph: Graph, root: LazyNode): void {
  const stack: LazyNode[] = [root];
  while (stack.length > 0) {
    const node = stack.at(-1)!;
    if (node.inputs.length > 0 && graph.firstVisit(node)) {
      for (let i = node.inputs.length - 1; i >= 0; i--) stack.push(node.inputs[i]);
      continue;
    }
    stack.pop();
    if (node.collection === undefined) graph.add(node.key, node.value);
    else if (graph.firstVisit(node))
      graph.add(node.key, new Reference(node.collection[collectionSymbol].addAsValue(graph)));
  }
}

/**
 * The value with references in place of collections.
 * @param inputs receives the nodes that the references mean
 */
export function withReferences(value: unknown, inputs: LazyNode[]): unknown {
  const referTo = (part: unknown): unknown => {
    if (!isCollection(part)) return part;
    const node = nodeOf(part);
    inputs.push(node);
    return new Reference(node.key);
  };
  return isCollection(value) ? referTo(value) : replaceIn(value, referTo);
}

/**
 * An argument as it stands in a task; a delayed function stands for the function itself.
 * @param inputs receives the nodes that references mean
 */
export function argumentOf(arg: unknown, inputs: LazyNode[]): unknown {
  if ((typeof arg === "object" && arg !== null) || isCollection(arg)) return withReferences(arg, inputs);
  if (typeof arg === "function" && functionSymbol in arg) return arg[functionSymbol];
  return arg;
}

const nodes = new WeakMap<object, LazyNode>();

/** The node of a collection; one of several keys gets a node that stands for its whole value. */
function nodeOf(collection: Collection<unknown>): LazyNode {
  if (nodeSymbol in collection) return (collection as Collection<unknown> & HasNode)[nodeSymbol];
  let node = nodes.get(collection);
  if (node === undefined) {
    node = { key: newKey("value"), inputs: [], value: undefined, collection };
    nodes.set(collection, node);
  }
  return node;
}

const keys = threadGlobal("keys", () => ({ count: 0 }));

/** A key that no other lazy object of this thread has: the name and a number. */
export function newKey(name: string): string {
  keys.count += 1;
  return `${name}-${keys.count}`;
}
