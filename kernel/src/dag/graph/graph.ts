/**
 * A task graph as plain data: keys and what they stand for.
 * @module
 */
import { GraphError, KeyError } from "../../errors.js";
import { equalValues } from "./equal.js";
import { formatKey, type Key } from "./key.js";
import { KeyIndex } from "./key-index.js";
import { isTask, type NamedOptions, Task } from "./task.js";
import { isPlainObject } from "./value.js";

/** What `get` accepts as a graph: a Graph, a Map, or an object whose property names are the keys. */
export type GraphSource = Graph | ReadonlyMap<Key, unknown> | Readonly<Record<string, unknown>>;

/**
 * Keys and their values: a task, a reference (alias), a container with references or tasks, or plain data.
 * Keys keep the order in which they were added.
 */
export class Graph implements Iterable<readonly [Key, unknown]> {
  readonly #index = new KeyIndex();
  readonly #keys: Key[] = [];
  readonly #values: unknown[] = [];
  readonly #visited = new Set<object>();
  /** what has to be there before the graph can run: results of futures; each rejects with the error of its own */
  readonly awaited = new Set<Promise<unknown>>();

  /**
   * A graph with the entries of `source`; a Graph is returned as it is.
   * @throws {KeyError} if a key or the source is not valid
   */
  static from(source: GraphSource): Graph {
    if (source instanceof Graph) return source;
    const graph = new Graph();
    for (const [key, value] of entriesIn(source)) graph.add(key, value);
    return graph;
  }

  get size(): number {
    return this.#keys.length;
  }

  /**
   * Adds one entry. A key may be added twice if both values describe the same task.
   * @param options name of the group, retries, priority, memory; only for a task
   * @throws {KeyError} if the key is not valid
   * @throws {GraphError} if the key already stands for something else
   */
  add(key: Key, value: unknown, options?: NamedOptions): this {
    const index = this.#index.get(key);
    const entry = options && isTask(value) ? new Task(value.fn, value.args, { ...value.options, ...options }) : value;
    if (index < 0) {
      this.#index.set(key, this.#keys.length);
      this.#keys.push(key);
      this.#values.push(entry);
    } else if (!equalValues(this.#values[index], entry)) {
      throw new GraphError(
        `two different tasks have the key "${formatKey(key)}": give one of them another key, or use the same task twice`,
        { key },
      );
    }
    return this;
  }

  /**
   * Adds all entries of another graph.
   * @throws {GraphError} if a key stands for something else in `other`
   */
  merge(other: GraphSource): this {
    const graph = Graph.from(other);
    for (const [key, value] of graph) this.add(key, value);
    for (const result of graph.awaited) this.awaited.add(result);
    return this;
  }

  /** True the first time it is asked about `owner`: lets a collection that is shared add its tasks once. */
  firstVisit(owner: object): boolean {
    if (this.#visited.has(owner)) return false;
    this.#visited.add(owner);
    return true;
  }

  has(key: Key): boolean {
    return this.#index.get(key) >= 0;
  }

  /** What the key stands for; undefined also if the key is unknown. */
  get(key: Key): unknown {
    const index = this.#index.get(key);
    return index < 0 ? undefined : this.#values[index];
  }

  keys(): readonly Key[] {
    return this.#keys;
  }

  /**
   * Number of the entry with this key, in the order of adding; -1 if there is none.
   * @throws {KeyError} if the key is not valid
   */
  indexOf(key: Key): number {
    return this.#index.get(key);
  }

  keyAt(index: number): Key {
    return this.#keys[index];
  }

  valueAt(index: number): unknown {
    return this.#values[index];
  }

  *[Symbol.iterator](): Iterator<readonly [Key, unknown]> {
    for (let i = 0; i < this.#keys.length; i++) yield [this.#keys[i], this.#values[i]];
  }
}

/**
 * The keys and values of a graph in any of its forms.
 * @throws {KeyError} if the source is none of them
 */
export function entriesIn(source: GraphSource): Iterable<readonly [Key, unknown]> {
  // Twice as fast as Object.entries on an object of many keys.
  const entries = isPlainObject(source) ? Object.keys(source).map((key) => [key, source[key]] as const) : source;
  if (typeof entries !== "object" || entries === null || Array.isArray(source) || !(Symbol.iterator in entries)) {
    throw new KeyError("a graph must be an object, a Map or a Graph: { x: 1, y: task(inc, ref('x')) }", { source });
  }
  return entries;
}
