import { readFileSync } from "node:fs";
import { Graph, type Key, ref, task } from "../../kernel/src/dag/graph/index.js";

/** A graph written by dask_order.py, and what orders hold at most on it. */
export interface OrderFixture {
  readonly name: string;
  /** for each task the tasks it depends on */
  readonly needs: readonly (readonly number[])[];
  /** results that dask.order holds */
  readonly dask: number;
  readonly optimum?: number;
  /** bytes of each result */
  readonly sizes?: readonly number[];
  readonly daskBytes?: number;
  readonly optimumBytes?: number;
}

/** The graphs of a file in fixtures/order. */
export function orderFixtures(file: "corpus" | "families" | "larger"): readonly OrderFixture[] {
  const text = readFileSync(new URL(`fixtures/order/${file}.jsonl`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** Tasks with numbers as keys. */
export function numberedGraph(needs: OrderFixture["needs"]): Graph {
  return Graph.from(new Map(needs.map((row, i): [Key, unknown] => [i, task(() => 0, ...row.map((key) => ref(key)))])));
}
