/**
 * From a graph and the keys wanted to a run on an engine, and from its results to a value.
 * @module
 */
import { ArgumentError, CancelledError, GraphError } from "../errors.js";
import { parseMemoryLimit } from "../parse-bytes.js";
import { isBrief } from "./brief.js";
import type { ComputeOptions, ComputeRun } from "./compute-options.js";
import { context } from "./context.js";
import type { Engine, Run, RunRequest } from "./engine/engine.js";
import type { RunEvent } from "./engine/events.js";
import { engineOf, poolOf, shipFor } from "./engine-choice.js";
import type { Graph } from "./graph/graph.js";
import { type Key, keyId } from "./graph/key.js";
import { packGraph } from "./graph/pack.js";
import type { PackedGraph } from "./graph/packed.js";
import { isReference } from "./graph/task.js";
import { isData } from "./graph/value.js";
import { isReleasedHandle } from "./kept-handle.js";
import { CallbackCaller } from "./observe/callbacks.js";
import { observationOf } from "./observe/observation.js";
import { rememberRun } from "./repeated-results.js";

/** What is to run, and what becomes of its results. */
export interface StartRequest<T> {
  readonly graph: Graph;
  /** one result for each; a key may appear twice */
  readonly keys: readonly Key[];
  readonly options: ComputeOptions;
  readonly title: string;
  /** results stay with the engine, handles come back */
  readonly keep: boolean;
  /** keys that run without being asked for */
  readonly alsoRun: readonly Key[];
  /** Makes the value of the results of `keys`. Blocks in them are valid until it returns. */
  finish(results: readonly unknown[], engine: Engine | undefined): T;
  /** What the caller gives its own caller of that value, for whoever asks by `resultOf`; default: the value. */
  readonly given?: (value: T) => unknown;
}

/**
 * Starts what makes `keys`. Plain data among them never reaches the engine; if nothing is left, nothing runs.
 * @throws {GraphError} if the graph is not runnable
 * @throws {ShipError} if a function cannot travel to a worker
 * @throws {CancelledError} if the signal is aborted already
 */
export async function startGraph<T>(request: StartRequest<T>): Promise<ComputeRun<T>> {
  const { callbacks, progress } = request.options;
  checkSignal(request.options.signal);
  if (request.graph.awaited.size > 0) await awaitResults(request.graph, request.options.signal);
  if (callbacks === undefined) return startRun(request);
  if (progress === false) {
    throw new ArgumentError("callbacks need the events of the run: leave out progress: false", { progress });
  }
  const caller = new CallbackCaller(callbacks);
  try {
    caller.begin(request.graph, request.keys);
    return await startRun(request, caller);
  } catch (error) {
    caller.end(true);
    throw error;
  }
}

/** Waits for the futures that the graph needs; the first that fails, or the signal, ends the wait. */
async function awaitResults({ awaited }: Graph, signal: AbortSignal | undefined): Promise<void> {
  const all = Promise.all(awaited);
  if (signal === undefined) {
    await all;
    return;
  }
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelledBy(signal));
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    await Promise.race([all, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function startRun<T>(request: StartRequest<T>, caller?: CallbackCaller): Promise<ComputeRun<T>> {
  const { graph, keys, options, keep, alsoRun } = request;
  const asked = new Asked(graph, keys, keep);
  if (asked.keys.length === 0 && alsoRun.length === 0) {
    const finished = finishedRun(request.finish(asked.resultsFrom([]), undefined));
    caller?.end(false);
    return finished;
  }
  const engine = await engineOf(options.engine);
  checkSignal(options.signal);
  const optimize = options.optimize ?? caller === undefined;
  const packed = packGraph(graph, asked.keys, shipFor(engine), optimize, alsoRun);
  checkKept(packed, engine);
  const { size } = packed;
  const asking = runRequest(packed, request, caller?.needsResults ?? false);
  const run = engine.start(asking);
  const finish = (results: readonly unknown[]) => {
    try {
      return request.finish(asked.resultsFrom(results), engine);
    } finally {
      engine.releaseResults(results);
    }
  };
  const settled = settle(run, options.signal, finish);
  if (asking.options.isRepeatable) {
    const { given = (value: T) => value } = request;
    const again = async (other: Run) => given(await settle(other, undefined, finish));
    const { cell = "" } = asking;
    const hasFinished = rememberRun({ id: run.id, engine, tasks: size, cell, settle: again });
    settled.then(hasFinished, () => undefined);
  }
  const value = caller === undefined ? settled : afterCallbacks(settled, caller.follow(run));
  // Who only watches the events learns of a failure there; nobody may be waiting for the value.
  value.catch(() => undefined);
  return {
    id: run.id,
    events: run.events,
    results: run.results,
    cancel: (reason) => run.cancel(reason),
    pause: () => run.pause(),
    resume: () => run.resume(),
    value,
    ...observationOf(run, options.progress ?? true),
  };
}

/** The value once the last callback was called. The error of one is why the run was cancelled, so it goes first. */
async function afterCallbacks<T>(value: Promise<T>, called: Promise<void>): Promise<T> {
  value.catch(() => undefined);
  await called;
  return value;
}

/** What of the wanted keys the engine must run: data is left out, equal keys are asked for once. */
export class Asked {
  readonly keys: Key[] = [];
  /** for each wanted key: its data, or its index in `keys` */
  readonly #wanted: readonly ({ readonly data: unknown } | { readonly index: number })[];

  constructor(graph: Graph, wanted: readonly Key[], withData: boolean) {
    const indexOf = new Map<string, number>();
    this.#wanted = wanted.map((key) => {
      const source = followAliases(graph, key);
      const value = graph.get(source);
      if (!withData && isData(value) && graph.has(source)) return { data: value };
      const id = keyId(source);
      const index = indexOf.get(id) ?? this.keys.push(source) - 1;
      indexOf.set(id, index);
      return { index };
    });
  }

  resultsFrom(results: readonly unknown[]): readonly unknown[] {
    return this.#wanted.map((wanted) => ("index" in wanted ? results[wanted.index] : wanted.data));
  }
}

/** The key at the end of a chain of aliases; a circle ends anywhere, packing reports it. */
function followAliases(graph: Graph, key: Key): Key {
  let source = key;
  for (let i = 0; i < graph.size; i++) {
    const value = graph.get(source);
    if (!isReference(value) || !graph.has(value.key)) break;
    source = value.key;
  }
  return source;
}

function runRequest(
  graph: PackedGraph,
  { graph: source, options, title, keep }: Omit<StartRequest<never>, "finish" | "given">,
  report: boolean,
): RunRequest {
  const { workers, retries, policy, engine, memoryLimit } = options;
  const pool = poolOf(engine);
  const cell = context.cell();
  const progress = options.progress ?? true;
  return {
    graph,
    options: {
      keep,
      ...(workers !== undefined && { workers }),
      ...(retries !== undefined && { retries }),
      ...(policy !== undefined && { policy }),
      ...(report && { report }),
      ...(pool !== undefined && { pool }),
      ...(memoryLimit !== undefined && { memoryLimit: parseMemoryLimit(memoryLimit) }),
      // Somebody sees it and may want it once more.
      ...(cell !== undefined && progress && { isRepeatable: true }),
      ...(isBrief(source, options) && { isBrief: true }),
    },
    title: options.title ?? title,
    progress,
    ...(cell !== undefined && { cell }),
  };
}

async function settle<T>(
  run: Run,
  signal: AbortSignal | undefined,
  finish: (results: readonly unknown[]) => T,
): Promise<T> {
  const stop = () => run.cancel(String(signal?.reason));
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    return finish(await run.results);
  } catch (error) {
    if (signal?.aborted && isNamed(error, "CancelledError")) throw cancelledBy(signal);
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

/** By name: the error may come from another copy of this package. */
function isNamed(error: unknown, name: string): boolean {
  return typeof error === "object" && error !== null && "name" in error && error.name === name;
}

function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelledBy(signal);
}

function cancelledBy(signal: AbortSignal): CancelledError {
  return new CancelledError(
    `the run was cancelled by its signal: ${String(signal.reason)}`,
    {},
    { cause: signal.reason },
  );
}

/**
 * @throws {GraphError} if the graph needs a result that was released
 * @throws {ArgumentError} if it needs one that is with another engine
 */
export function checkKept({ kept }: PackedGraph, engine: Engine): void {
  if (kept.some(isReleasedHandle)) {
    throw new GraphError(
      "a result that was persisted was released: persist it again, or release it after its last use",
    );
  }
  const foreign = kept.find((handle) => handle.engine !== engine.name);
  if (foreign === undefined) return;
  throw new ArgumentError(
    `a result of persist or submit is with engine "${foreign.engine}" and cannot be used by "${engine.name}": compute with ` +
      "the engine that has it, or await its value and use that",
    { kept: foreign },
  );
}

/** The run of something that was data already. */
function finishedRun<T>(value: T): ComputeRun<T> {
  const events: AsyncIterable<RunEvent> = { [Symbol.asyncIterator]: () => ({ next: endOfEvents }) };
  const results = Promise.resolve([]);
  const observation = observationOf({ events, results }, true);
  return {
    id: "",
    events,
    results,
    cancel: noop,
    pause: noop,
    resume: noop,
    value: Promise.resolve(value),
    ...observation,
  };
}

function noop(): void {}

function endOfEvents(): Promise<IteratorResult<RunEvent>> {
  return Promise.resolve({ done: true, value: undefined });
}
