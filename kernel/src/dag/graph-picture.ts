/**
 * A picture of a graph that has not run.
 * @module
 */
import { displaySymbol, inspectSymbol } from "../symbols.js";
import { context, type MimeBundle } from "./context.js";
import type { RunStarted } from "./engine/events.js";
import type { GraphShape } from "./graph/pack.js";

/** Graphs with more tasks are listed by groups. */
const MOST_LINES = 40;

/** Shows itself as a drawing in a kernel and as text elsewhere. */
export class GraphPicture {
  readonly #shape: GraphShape;
  readonly #title: string;

  constructor(shape: GraphShape, title: string) {
    this.#shape = shape;
    this.#title = title;
  }

  [displaySymbol](): MimeBundle {
    return context.graphDisplay()?.(this.#asStarted()) ?? { "text/plain": this.toString() };
  }

  [inspectSymbol](): string {
    return this.toString();
  }

  /** One line per task: its key and the keys it needs; of large graphs one line per group. */
  toString(): string {
    const { size } = this.#shape;
    const tasks = `${this.#title === "" ? "graph" : this.#title}: ${size} ${size === 1 ? "task" : "tasks"}`;
    return [tasks, ...(size <= MOST_LINES ? this.#taskLines() : this.#groupLines())].join("\n");
  }

  #taskLines(): readonly string[] {
    const { keys, dependencyStart, dependencies } = this.#shape;
    return keys.map((key, i) => {
      const needed = dependencies.subarray(dependencyStart[i], dependencyStart[i + 1]);
      return needed.length === 0 ? `  ${key}` : `  ${key} <- ${Array.from(needed, (task) => keys[task]).join(", ")}`;
    });
  }

  #groupLines(): readonly string[] {
    const { groups, groupOf } = this.#shape;
    const counts = groups.map(() => 0);
    for (const group of groupOf) counts[group]++;
    return groups.map((name, i) => `  ${name} x ${counts[i]}`);
  }

  #asStarted(): RunStarted {
    const { keys, groups, groupOf, dependencyStart, dependencies } = this.#shape;
    const graph = { keys, groups, groupOf, dependencyStart, dependencies };
    return { type: "start", run: "", time: Date.now(), title: this.#title, cell: context.cell(), workers: 0, ...graph };
  }
}
