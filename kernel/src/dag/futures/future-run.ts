/**
 * Runs futures on an engine and tells them how they end.
 * @module
 */
import { clipped } from "../../clipped.js";
import { CancelledError } from "../../errors.js";
import { queueMicrotask } from "../../kept-globals.js";
import type { Engine, Run } from "../engine/engine.js";
import { errorOf } from "../engine/error-data.js";
import type { TasksSettled } from "../engine/events.js";
import { poolOf, shipFor } from "../engine-choice.js";
import { Graph } from "../graph/graph.js";
import { packGraph } from "../graph/pack.js";
import { handleOf } from "../kept-handle.js";
import { addNode } from "../lazy-node.js";
import { checkKept } from "../start.js";
import { LONGEST_TITLE } from "../wanted.js";
import { endingBy, type FutureCore } from "./future-core.js";
import type { RunGroup } from "./run-group.js";

/**
 * Starts futures as one run. What they need has finished or is among them, and stands before them.
 * @throws {ShipError} if a function cannot travel
 * @throws {ArgumentError} if an argument cannot travel, or is with another engine
 * @throws {GraphError} if two different tasks have one key
 */
export function startFutures(engine: Engine, group: RunGroup, cores: readonly FutureCore[]): void {
  const graph = new Graph();
  for (const { call } of cores) if (call !== undefined) addNode(graph, call.node);
  const packed = packGraph(
    graph,
    cores.map(({ key }) => key),
    shipFor(engine),
    true,
  );
  checkKept(packed, engine);
  const { workers, progress, cell } = group;
  const pool = poolOf(group.engine);
  // Tasks are numbered as they were submitted, and nobody asked for another order.
  const priority = Int32Array.from(packed.priority.keys());
  const coreOfTask = new Map(cores.map((core, i) => [packed.outputs[i], core]));
  const run = engine.start({
    graph: { ...packed, priority },
    options: { independent: true, ...(workers !== undefined && { workers }), ...(pool !== undefined && { pool }) },
    title: group.title ?? titleOf(group, cores),
    progress,
    ...(cell !== undefined && { cell }),
  });
  void new FutureRun(engine, run, coreOfTask).follow();
}

/** One run of futures, from its start to its end. */
class FutureRun {
  readonly #engine: Engine;
  readonly #run: Run;
  /** those that have not ended */
  readonly #coreOfTask: Map<number, FutureCore>;
  #toCancel: number[] = [];

  constructor(engine: Engine, run: Run, coreOfTask: Map<number, FutureCore>) {
    this.#engine = engine;
    this.#run = run;
    this.#coreOfTask = coreOfTask;
    for (const [task, core] of coreOfTask) core.stop = () => this.#cancel(task);
  }

  async follow(): Promise<void> {
    const stopped = this.#run.results.catch((error: Error) => this.#endAll(error));
    for await (const event of this.#run.events) if (event.type === "settled") this.#settled(event);
    await stopped;
    this.#endAll(new CancelledError("the run of the future ended without it: the engine was closed", {}));
  }

  #settled({ task, state, kept, kinds, error }: TasksSettled): void {
    // Here that is known already, or the run was stopped as a whole, whose error says why.
    if (state === "cancelled") return;
    const cause = error === undefined ? undefined : errorOf(error);
    for (const [i, number] of task.entries()) {
      const core = this.#coreOfTask.get(number);
      this.#coreOfTask.delete(number);
      if (state === "finished") {
        const [engine, handle] = [this.#engine, handleOf(kept[i], this.#engine)];
        if (core === undefined) engine.release([handle]);
        else core.end({ status: "finished", engine, handle, kind: kinds[i] });
      } else if (state === "erred" && cause !== undefined) core?.end({ status: "error", error: cause });
    }
  }

  /** Of a run that was stopped as a whole, or lost its engine. */
  #endAll(error: Error): void {
    for (const core of this.#coreOfTask.values()) core.end(endingBy(error));
  }

  /** All that are cancelled one after the other are told in one message. */
  #cancel(task: number): void {
    if (this.#toCancel.length === 0) {
      queueMicrotask(() => {
        this.#run.cancelTasks?.(this.#toCancel);
        this.#toCancel = [];
      });
    }
    this.#toCancel.push(task);
  }
}

/** `submit inc × 2, load`, at most 60 characters. */
function titleOf({ verb }: RunGroup, cores: readonly FutureCore[]): string {
  const times = new Map<string, number>();
  for (const { name } of cores) times.set(name, (times.get(name) ?? 0) + 1);
  const names = Array.from(times, ([name, count]) => (count === 1 ? name : `${name} × ${count}`));
  return clipped(`${verb} ${names.join(", ")}`, LONGEST_TITLE);
}
