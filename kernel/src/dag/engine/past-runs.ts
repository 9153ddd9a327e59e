/**
 * Runs that can be run again, with what that takes: their graphs, their literals and, of one that was stopped, the
 * results that it had.
 *
 * Such results are kept until a run of another cell starts: after that they are computed again. They count for the
 * memory limit of the engine and go to disk as others do. So are persisted results that the run reads, if it was stopped;
 * those of one that finished are free as soon as their owner drops them. Of the graphs and literals the last are kept, as
 * far as they are small; those of the newest run always if it was stopped.
 * @module
 */
import { GraphError } from "../../errors.js";
import type { Kept, PackedGraph } from "../graph/packed.js";
import { type Remains, remainingGraph } from "../graph/remaining-graph.js";
import { describeTask, type TaskDescription } from "./describe-task.js";
import type { EncodedRequest } from "./encoded-request.js";
import type { RepeatKind } from "./engine.js";
import type { KeptResults } from "./kept-results.js";
import { nbytes, releaseEncoded, retainEncoded } from "./value.js";

/** As many as the views of a kernel know. */
const MOST_RUNS = 20;
/** Tasks of all of them together: a graph of this many takes about 20 MB. */
const MOST_TASKS = 200_000;
/** Bytes of the literals of all of them together: arrays of users, which they think are free. */
const MOST_BYTES = 64 * 1024 * 1024;

interface PastRun {
  /** what was asked for at first */
  readonly whole: EncodedRequest;
  /** what ran: the same, or the rest of it after runs that were stopped */
  readonly ran: EncodedRequest;
  /** what a retry takes up: the same, or the whole once the results that it needs are dropped */
  last: EncodedRequest;
  /** results of those that `last` reads */
  inherited: readonly Kept[];
  /** it uses the persisted results that `ran` reads: they stay when their owner drops them */
  holdsInputs: boolean;
  /** of the literals */
  readonly bytes: number;
  state: "running" | "stopped" | "finished";
  remains: Remains | undefined;
}

export class PastRuns {
  private readonly keptResults: KeptResults;
  /** by id, oldest first */
  private readonly runs = new Map<string, PastRun>();

  constructor(keptResults: KeptResults) {
    this.keptResults = keptResults;
  }

  /** Takes references of all that the run needs, before it begins. */
  add(request: EncodedRequest): void {
    const { repeats = "", cell, graph } = request.request;
    const before = this.runs.get(repeats);
    for (const past of this.runs.values()) {
      if (past.whole.request.cell === cell) continue;
      this.dropResults(past);
      this.leaveInputs(past);
    }
    try {
      this.keptResults.use(graph.kept);
    } catch {
      // The run itself ends with this error; it cannot run again either.
      return;
    }
    const { literals } = request;
    for (const literal of literals) retainEncoded(literal);
    const bytes = literals.reduce((sum: number, literal) => sum + nbytes(literal), 0);
    const whole = before?.whole ?? request;
    const inherited = graph.kept.slice(whole.request.graph.kept.length);
    this.runs.set(request.id, {
      whole,
      ran: request,
      last: request,
      inherited,
      holdsInputs: true,
      bytes,
      state: "running",
      remains: undefined,
    });
    if (before !== undefined && graph !== whole.request.graph) this.dropResults(before, inherited);
    this.forgetOldest(1);
  }

  /** @param remains undefined if the run has finished */
  ended(id: string, remains: Remains | undefined): void {
    const past = this.runs.get(id);
    if (past === undefined) {
      this.keptResults.release([...(remains?.kept.values() ?? [])]);
      return;
    }
    past.state = remains === undefined ? "finished" : "stopped";
    past.remains = remains;
    if (remains !== undefined) return;
    this.dropResults(past);
    this.leaveInputs(past);
    this.forgetOldest(0);
  }

  /**
   * The request for one more run.
   * @param id of the new run
   * @throws {GraphError} if the run is not known any more, still goes on, or has nothing left to do
   */
  again(of: string, kind: RepeatKind, id: string): EncodedRequest {
    const past = this.runs.get(of);
    if (past === undefined) {
      throw new GraphError(`run ${of} is not kept any more and cannot run again: run its cell`, { run: of });
    }
    if (past.state === "running") {
      throw new GraphError(`run ${of} still goes on: cancel it first, or wait for its end`, { run: of });
    }
    const { literals, request } = kind === "all" ? past.whole : past.last;
    // A run gives the references of its literals back at its end.
    const graph = kind === "all" ? request.graph : this.rest(of, past);
    this.checkInputs(of, graph);
    for (const literal of literals) retainEncoded(literal);
    // Who asked for reports reads those of the first run.
    const options = { ...request.options, report: false };
    return { id, literals, request: { ...request, graph, options, repeats: of } };
  }

  /** What a task of a run calls; undefined if the run is not known. */
  describe(id: string, task: number): TaskDescription | undefined {
    const past = this.runs.get(id);
    return past && describeTask(past.ran.request.graph, past.ran.literals, task);
  }

  private checkInputs(of: string, { kept }: PackedGraph): void {
    try {
      this.keptResults.use(kept);
    } catch (cause) {
      throw new GraphError(
        `run ${of} read persisted results that were released since: persist them again and run its cell`,
        { run: of },
        { cause },
      );
    }
    this.keptResults.leave(kept);
  }

  private rest(of: string, { last, remains }: PastRun): PackedGraph {
    if (remains !== undefined) return remainingGraph(last.request.graph, remains);
    throw new GraphError(`run ${of} has finished, nothing in it has failed: run all of it again`, { run: of });
  }

  /** Forgets all runs. */
  clear(): void {
    for (const id of [...this.runs.keys()]) this.forget(id);
  }

  /** @param passedOn those that another run inherits */
  private dropResults(past: PastRun, passedOn: readonly Kept[] = []): void {
    if (past.state === "running") return;
    const { whole, last, inherited, remains } = past;
    const isPassedOn = new Set(passedOn.map(({ id }) => id));
    this.keptResults.leave(inherited);
    this.keptResults.release([...inherited, ...(remains?.kept.values() ?? [])].filter(({ id }) => !isPassedOn.has(id)));
    past.inherited = [];
    past.last = whole;
    if (remains === undefined) return;
    // Which tasks of the whole have finished nobody knows after several attempts: all run again.
    const isFinished = last === whole ? remains.isFinished : new Uint8Array(whole.request.graph.size);
    past.remains = { isFinished, kept: new Map() };
  }

  private leaveInputs(past: PastRun): void {
    if (!past.holdsInputs || past.state === "running") return;
    past.holdsInputs = false;
    this.keptResults.leave(past.whole.request.graph.kept);
  }

  /** @param spared so many of the newest stay whatever they take */
  private forgetOldest(spared: number): void {
    let tasks = 0;
    let bytes = 0;
    for (const [index, [id, past]] of [...this.runs].reverse().entries()) {
      tasks += past.whole.request.graph.size;
      bytes += past.bytes;
      const isFull = index >= MOST_RUNS || tasks > MOST_TASKS || bytes > MOST_BYTES;
      if (isFull && index >= spared && past.state !== "running") this.forget(id);
    }
  }

  private forget(id: string): void {
    const past = this.runs.get(id);
    if (past === undefined) return;
    this.runs.delete(id);
    this.dropResults(past);
    this.leaveInputs(past);
    for (const literal of past.whole.literals) releaseEncoded(literal);
  }
}
