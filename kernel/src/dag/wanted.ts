/**
 * What somebody asked to compute.
 * @module
 */
import { clipped } from "../clipped.js";
import { ArgumentError } from "../errors.js";
import { type Collection, collectionSymbol, functionSymbol, isCollection } from "./collection.js";
import { type ComputeOptions, checkComputeOptions } from "./compute-options.js";
import { Graph } from "./graph/graph.js";
import type { Key } from "./graph/key.js";
import { replaceIn } from "./graph/replace.js";

/** A run is named by what is computed; a view has room for this many characters. */
export const LONGEST_TITLE = 60;

/** The collections inside some values, their graph, and the way back to the values. */
export class Wanted {
  readonly graph = new Graph();
  readonly #values: readonly unknown[];
  readonly #options: ComputeOptions;
  readonly #keysOf = new Map<Collection<unknown>, readonly Key[]>();

  /**
   * @param options of the computation; `traverse: false`: containers among the values are not looked into
   * @param isDone tells collections that stay as they are, by the graph and their keys
   * @throws {ArgumentError} if an option makes no sense, and for a delayed function that was not called
   */
  constructor(
    values: readonly unknown[],
    options: ComputeOptions,
    isDone: (graph: Graph, keys: readonly Key[]) => boolean = () => false,
  ) {
    this.#values = values;
    checkComputeOptions(options);
    this.#options = options;
    this.#replaceParts((part) => {
      if (typeof part === "function" && functionSymbol in part) throw uncalled(part);
      if (!isCollection(part) || this.#keysOf.has(part)) return part;
      const keys = part[collectionSymbol].addTo(this.graph);
      if (!isDone(this.graph, keys)) this.#keysOf.set(part, keys);
      return part;
    });
  }

  get keys(): readonly Key[] {
    return [...this.#keysOf.values()].flat();
  }

  /** Names of the collections, at most 60 characters. */
  get title(): string {
    const times = new Map<string, number>();
    for (const collection of this.#keysOf.keys()) {
      const { title } = collection[collectionSymbol];
      times.set(title, (times.get(title) ?? 0) + 1);
    }
    const title = Array.from(times, ([name, count]) => (count === 1 ? name : `${name} × ${count}`)).join(", ");
    return clipped(title, LONGEST_TITLE);
  }

  request() {
    return { graph: this.graph, keys: this.keys, title: this.title, options: this.#options, alsoRun: [] };
  }

  /** The values with each collection replaced by what `make` makes of its results. */
  replace(
    results: readonly unknown[],
    make: (collection: Collection<unknown>, own: readonly unknown[]) => unknown,
  ): unknown {
    const made = new Map<unknown, unknown>();
    let next = 0;
    for (const [collection, keys] of this.#keysOf) {
      made.set(collection, make(collection, results.slice(next, next + keys.length)));
      next += keys.length;
    }
    return this.#replaceParts((part) => (made.has(part) ? made.get(part) : part));
  }

  #replaceParts(replacePart: (part: unknown) => unknown): unknown {
    const isWhole = this.#options.traverse ?? true;
    return isWhole ? replaceIn(this.#values, replacePart) : this.#values.map(replacePart);
  }
}

function uncalled({ name }: { readonly name: string }): ArgumentError {
  return new ArgumentError(`the delayed function ${name} was not called: compute ${name}(…), which is its result`, {
    name,
  });
}
