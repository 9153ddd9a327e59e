/** An edge of a graph to lay out: indices of its nodes. */
export interface Edge {
  readonly from: number;
  readonly to: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Neighbours of each node: `before` it needs, `after` need it. */
export interface Neighbours {
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}

export function neighbours(n: number, edges: readonly Edge[]): Neighbours {
  const before: number[][] = Array.from({ length: n }, () => []);
  const after: number[][] = Array.from({ length: n }, () => []);
  for (const { from, to } of edges) {
    after[from]!.push(to);
    before[to]!.push(from);
  }
  return { before, after };
}

/**
 * The edges without those that close a cycle, nor loops or doubles. Graphs of tasks have no cycles, but
 * functions can: one that is used at two depths.
 */
export function acyclic(n: number, edges: readonly Edge[]): Edge[] {
  const { after } = neighbours(n, edges);
  const closing = new Set<string>();
  const mark = new Uint8Array(n); // 1: on the path, 2: finished
  for (let root = 0; root < n; root++) {
    if (mark[root]) continue;
    const path = [{ node: root, next: 0 }];
    mark[root] = 1;
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = after[top.node]![top.next++];
      if (to === undefined) {
        mark[top.node] = 2;
        path.pop();
      } else if (mark[to] === 1) {
        closing.add(`${top.node} ${to}`);
      } else if (mark[to] === 0) {
        mark[to] = 1;
        path.push({ node: to, next: 0 });
      }
    }
  }
  const kept = new Set(closing);
  return edges.filter(({ from, to }) => {
    const name = `${from} ${to}`;
    if (kept.has(name)) return false;
    kept.add(name);
    return true;
  });
}
