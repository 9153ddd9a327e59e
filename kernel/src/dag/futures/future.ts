/**
 * A call that was submitted: what people hold of it.
 * @module
 */
import { ArgumentError } from "../../errors.js";
import { displaySymbol, inspectSymbol } from "../../symbols.js";
import { anySignal, checkOptions, type Expectations } from "../check-options.js";
import { type Collection, type CollectionProtocol, collectionSymbol } from "../collection.js";
import { exposeBlocks } from "../engine/value.js";
import type { Graph } from "../graph/graph.js";
import { formatKey, type Key } from "../graph/key.js";
import { coreSymbol } from "./core-of.js";
import { fetchResult } from "./fetch-queue.js";
import type { FutureCore, FutureStatus } from "./future-core.js";
import { whenEnded } from "./when-ended.js";

/** Options of `future.result` and `future.exception`. */
export interface ResultOptions {
  /** ends the wait when aborted, with a CancelledError; the future goes on */
  readonly signal?: AbortSignal;
}

const expectations: Expectations<ResultOptions> = { signal: anySignal };
/** Node gives this depth to what is printed by itself, and less to what is inside something. */
const TOP_DEPTH = 2;

/**
 * A call that runs, has run, or will: made by `submit` and `map`. Its result stays with the engine as long as the
 * future is held. It is no promise: `await future.result()`. It may stand among the arguments of `submit`, of a delayed
 * function and of `compute`.
 */
export class Future<T> implements Collection<T> {
  readonly #core: FutureCore;

  /** @param core made by `submit` */
  constructor(core: FutureCore) {
    this.#core = core;
  }

  get [coreSymbol](): FutureCore {
    return this.#core;
  }

  /** Key of its task. */
  get key(): Key {
    return this.#core.key;
  }

  get status(): FutureStatus {
    return this.#core.status;
  }

  /**
   * The value, a new copy each time; waits for it.
   * @throws {TaskError} if the call threw; its `cause` is the call's own error
   * @throws {CancelledError} if it was cancelled, or `options.signal` was aborted
   * @throws {GraphError} if it was released
   */
  async result(options: ResultOptions = {}): Promise<T> {
    await this.#ended(options);
    return fetchResult(this.#core) as Promise<T>;
  }

  /**
   * The error with which `result` rejects, undefined if there is a value; waits until one of both is known.
   * @throws {CancelledError} if it was cancelled, or `options.signal` was aborted
   */
  async exception(options: ResultOptions = {}): Promise<Error | undefined> {
    await this.#ended(options);
    const { ending } = this.#core;
    if (ending?.status === "cancelled") throw ending.error;
    return ending?.status === "error" ? ending.error : undefined;
  }

  /**
   * Cancels the call if it has not ended, and all futures that need it: one that waits never runs, a worker that is
   * busy with it for 500 ms more is replaced.
   * @returns false if it has ended already: its result stays
   */
  cancel(reason?: string): boolean {
    return this.#core.cancel(reason);
  }

  /**
   * Gives the result up, without waiting for the garbage collection; if nothing needs it, a pending call is cancelled.
   * Futures that were submitted with it as an argument still get it.
   */
  release(): void {
    this.#core.release();
  }

  /** `using future = submit(…)` releases it at the end of the block. */
  [Symbol.dispose](): void {
    this.release();
  }

  get [collectionSymbol](): CollectionProtocol<T> {
    const addAsValue = (graph: Graph): Key => addTo(graph, this.#core);
    return {
      title: this.#core.name,
      addTo: (graph) => [addAsValue(graph)],
      addAsValue,
      finalize: ([result]) => exposeBlocks(result, true) as T,
      // It is with the engine already.
      persisted: () => this,
    };
  }

  [displaySymbol](): Readonly<Record<string, unknown>> {
    return { "text/plain": `${this.toString()}${this.#hint}` };
  }

  [inspectSymbol](depth: number): string {
    return depth >= TOP_DEPTH ? `${this.toString()}${this.#hint}` : this.toString();
  }

  /**
   * Text of the future, for `${…}`.
   * @throws {ArgumentError} for arithmetic and comparison: it is not its value
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new ArgumentError(`${this.toString()} is no value: await its result() first, or submit what needs it`, {
      key: this.key,
    });
  }

  toString(): string {
    const { ending, isReleased } = this.#core;
    const name = `Future ${formatKey(this.key)}`;
    if (ending === undefined) return `${name}: pending`;
    if (ending.status === "finished") return isReleased ? `${name}: released` : `${name}: finished, ${ending.kind}`;
    return ending.status === "error" ? `${name}: error, ${causeOf(ending.error)}` : `${name}: cancelled`;
  }

  get #hint(): string {
    const { status, isReleased } = this.#core;
    if (isReleased || status === "cancelled") return "";
    return status === "error" ? " (await .result() throws it)" : " (await .result() gives the value)";
  }

  async #ended(options: ResultOptions): Promise<void> {
    checkOptions("a future", options, expectations);
    const { signal } = options;
    if (this.#core.status === "pending" || signal?.aborted) await whenEnded([this.#core], { signal });
  }
}

/** The result as an entry of the graph; the graph waits for it if it is not there. */
function addTo(graph: Graph, core: FutureCore): Key {
  if (graph.has(core.key)) return core.key;
  if (core.status !== "finished" || core.failure !== undefined) graph.awaited.add(core.awaited);
  graph.add(core.key, core.result);
  return core.key;
}

function causeOf(error: Error): string {
  const { name, message } = error.cause instanceof Error ? error.cause : error;
  return `${name}: ${message}`;
}
