import { Graph, ref, task } from "../../kernel/src/dag/graph/index.js";

/** A graph of tasks that only matter by what they need. */
export function graphOf(needs: Readonly<Record<string, readonly string[]>>): Graph {
  return Graph.from(Object.fromEntries(Object.entries(needs).map(([key, keys]) => [key, taskOf(keys)])));
}

function taskOf(keys: readonly string[]): unknown {
  return task(() => 0, ...keys.map(ref));
}

/** Random numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * The graph under other names and in another order of adding.
 * @returns the graph, and the old name of each new one
 */
export function relabelled(needs: Readonly<Record<string, readonly string[]>>, random: () => number) {
  const names = Object.keys(needs);
  const shuffled = names.map((name) => ({ name, at: random() })).sort((a, b) => a.at - b.at);
  const newName = new Map(shuffled.map(({ name }, i) => [name, `k${(i * 7919) % 10007}`]));
  const graph = graphOf(
    Object.fromEntries(shuffled.map(({ name }) => [newName.get(name)!, needs[name]!.map((key) => newName.get(key)!)])),
  );
  return { graph, oldName: new Map([...newName].map(([old, name]) => [name, old])) };
}
