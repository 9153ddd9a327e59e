/**
 * Linear chains: tasks that run one after the other without choice, to be run as one.
 * @module
 */
import { degree, type Links } from "./links.js";

/** Longest name of a fused task. */
const LONGEST_NAME = 120;

/** Nodes grouped into chains. A node that is in no chain is a chain of one. */
export interface Chains {
  /** members of chain i in order of execution: row i; chains are in order of their last member */
  readonly members: Links;
  /** `[nodes]` chain of each node, -1 for nodes that are left out */
  readonly chainOf: Int32Array;
}

/**
 * Joins a node with its only dependency if it is that dependency's only dependent. Stops at fan-out, at
 * fan-in and at nodes that must keep their own result.
 * @param nodes the nodes to group, ascending
 * @param isEnd nodes whose result is needed by itself: nothing is joined after them
 * @see Dask `fuse_linear_task_spec`, dask/_task_spec.py
 */
export function findChains(
  nodes: readonly number[],
  dependencies: Links,
  dependents: Links,
  isEnd: (node: number) => boolean,
): Chains {
  const chainOf = new Int32Array(dependencies.size).fill(-1);
  const start = [0];
  const to: number[] = [];
  for (const node of nodes) {
    if (joinsDependent(node)) continue;
    const first = to.length;
    let member = node;
    to.push(member);
    while (degree(dependencies, member) === 1) {
      const dependency = dependencies.to[dependencies.start[member]];
      if (!joinsDependent(dependency)) break;
      to.push(dependency);
      member = dependency;
    }
    reverseFrom(to, first);
    for (let k = first; k < to.length; k++) chainOf[to[k]] = start.length - 1;
    start.push(to.length);
  }
  return { members: { size: start.length - 1, start: new Int32Array(start), to: new Int32Array(to) }, chainOf };

  function joinsDependent(node: number): boolean {
    if (isEnd(node) || degree(dependents, node) !== 1) return false;
    return degree(dependencies, dependents.to[dependents.start[node]]) === 1;
  }
}

function reverseFrom(list: number[], first: number): void {
  for (let i = first, j = list.length - 1; i < j; i++, j--) [list[i], list[j]] = [list[j], list[i]];
}

/**
 * Name of a chain: the groups of its members without repetition, then what makes the last key its own; at
 * most 120 characters.
 * @param groups group of each member but the last
 * @param last whole name of the last member
 * @param lastGroup group of the last member
 * @example chainName(["load", "clean"], "mean[0]", "mean") // "load-clean-mean[0]"
 */
export function chainName(groups: Iterable<string>, last: string, lastGroup: string): string {
  let name = "";
  let previous = "";
  for (const group of groups) {
    if (group === previous) continue;
    if (name.length + group.length + last.length + 2 > LONGEST_NAME) {
      name += "…-";
      break;
    }
    name += `${group}-`;
    previous = group;
  }
  if (previous === lastGroup) name = name.slice(0, -lastGroup.length - 1);
  return `${name}${last}`.slice(0, LONGEST_NAME);
}
