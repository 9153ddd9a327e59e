/**
 * What is known of one future: shared by the future that people hold, the queue that starts it and the run that ends it.
 * @module
 */
import { CancelledError, GraphError } from "../../errors.js";
import { queueMicrotask } from "../../kept-globals.js";
import type { Engine } from "../engine/engine.js";
import { formatKey, type Key } from "../graph/key.js";
import type { Kept } from "../graph/packed.js";
import { KeptResult } from "../graph/task.js";
import { releaseHandle } from "../kept-handle.js";
import type { LazyNode } from "../lazy-node.js";
import type { RunGroup } from "./run-group.js";

/** How a future stands, in Dask's words. */
export type FutureStatus = "pending" | "finished" | "error" | "cancelled";

/** What a future is made of. */
export interface FutureCall {
  readonly key: Key;
  readonly name: string;
  readonly node: LazyNode;
  /** futures that the call needs */
  readonly inputs: readonly FutureCore[];
  /** with whom it may share a run */
  readonly group: RunGroup;
}

/** How a future ends. */
export type Ending =
  | { readonly status: "finished"; readonly engine: Engine; readonly handle: Kept; readonly kind: string }
  | { readonly status: "error" | "cancelled"; readonly error: Error };

/** Hears that a future has ended. */
export type Listener = (core: FutureCore) => void;

/** A result that is not there yet; no engine has this name. */
const NOT_YET: Kept = { engine: "", id: -1 };
let endings = 0;

export class FutureCore {
  readonly key: Key;
  readonly name: string;
  readonly group: RunGroup;
  /** stands for the result in graphs */
  readonly result = new KeptResult(NOT_YET);
  /** inputs that have to finish before it can start; 0 unless it waits for them */
  missing = 0;
  /** stops the task on its engine; set while that has it */
  stop: (() => void) | undefined;
  /** place among all endings of this thread, from 1; 0 while pending */
  order = 0;
  #call: FutureCall | undefined;
  #ending: Ending | undefined;
  #isReleased = false;
  /** pending futures that need this one; made when there are any, like the other set: futures come by the thousand */
  #dependents: Set<FutureCore> | undefined;
  #listeners: Set<Listener> | undefined;
  #awaited: Promise<void> | undefined;

  constructor(call: FutureCall) {
    this.key = call.key;
    this.name = call.name;
    this.group = call.group;
    this.#call = call;
    for (const input of call.inputs) input.isNeededBy(this);
  }

  get status(): FutureStatus {
    return this.#ending?.status ?? "pending";
  }

  /** How it ended; undefined while it is pending. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  get isReleased(): boolean {
    return this.#isReleased;
  }

  /** The task and what it needs; undefined once it has ended: arguments are not held longer than they are needed. */
  get call(): FutureCall | undefined {
    return this.#call;
  }

  /** Why there is no result and never will be; undefined if there is one, or may be. */
  get failure(): Error | undefined {
    if (this.#ending === undefined) return undefined;
    if (this.#ending.status !== "finished") return this.#ending.error;
    return this.#isReleased && !this.#isNeeded ? releasedError(this.key) : undefined;
  }

  /** Calls `listener` once it has ended: at once if it has. */
  whenEnded(listener: Listener): void {
    if (this.#ending !== undefined) {
      listener(this);
      return;
    }
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
  }

  /** Does not call the listener any more. */
  forget(listener: Listener): void {
    this.#listeners?.delete(listener);
  }

  /** Resolves when the result is there; rejects if there will be none. */
  get awaited(): Promise<void> {
    this.#awaited ??= new Promise((resolve, reject) => {
      this.whenEnded(() => (this.failure === undefined ? resolve() : reject(this.failure)));
    });
    // Whoever waits hears of it; that nobody does must not end the process.
    this.#awaited.catch(() => undefined);
    return this.#awaited;
  }

  /** Ends it, and with it, if it has no result, all that need it. Without effect if it has ended. */
  end(ending: Ending): void {
    const stack: { readonly core: FutureCore; readonly ending: Ending }[] = [{ core: this, ending }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { core, ending } = next;
      const dependents = core.endAlone(ending);
      if (ending.status === "finished") continue;
      for (const dependent of dependents) stack.push({ core: dependent, ending: inherited(dependent, core, ending) });
    }
  }

  /** Ends it because an input of it has no result. */
  endWithout(input: FutureCore): void {
    const { ending, failure } = input;
    if (ending?.status === "cancelled") this.end(inherited(this, input, ending));
    else if (failure !== undefined) this.end({ status: "error", error: failure });
  }

  /** @returns false if it has ended already */
  cancel(reason?: string): boolean {
    if (this.#ending !== undefined) return false;
    const { stop } = this;
    const why = reason === undefined ? "" : `: ${reason}`;
    const error = new CancelledError(`future ${formatKey(this.key)} was cancelled${why}`, { key: this.key, reason });
    this.end({ status: "cancelled", error });
    stop?.();
    return true;
  }

  /** Nobody wants the result any more but futures that need it already. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#dropIfUnneeded();
  }

  // Called on each other, maybe by another copy of this package: nothing private of another future is read.

  /** A pending future needs this one. */
  isNeededBy(dependent: FutureCore): void {
    this.#dependents ??= new Set();
    this.#dependents.add(dependent);
  }

  /** A future that needed this one has ended. */
  isNeededNoMoreBy(dependent: FutureCore): void {
    this.#dependents?.delete(dependent);
    // Not at once: in a long chain of futures one would drop the other, each inside the one before.
    if (this.#isReleased) queueMicrotask(() => this.#dropIfUnneeded());
  }

  /** Ends this one future. @returns those that needed it when it ended */
  endAlone(ending: Ending): readonly FutureCore[] {
    if (this.#ending !== undefined) {
      if (ending.status === "finished") releaseHandle(ending.handle);
      return [];
    }
    const dependents = [...(this.#dependents ?? [])];
    const inputs = this.#call?.inputs ?? [];
    const listeners = this.#listeners;
    this.#ending = ending;
    this.#call = undefined;
    this.#listeners = undefined;
    this.stop = undefined;
    endings += 1;
    this.order = endings;
    if (ending.status === "finished") this.result.kept = ending.handle;
    if (listeners !== undefined) for (const listener of listeners) listener(this);
    for (const input of inputs) input.isNeededNoMoreBy(this);
    this.#dropIfUnneeded();
    return dependents;
  }

  get #isNeeded(): boolean {
    return this.#dependents !== undefined && this.#dependents.size > 0;
  }

  #dropIfUnneeded(): void {
    if (!this.#isReleased || this.#isNeeded) return;
    if (this.#ending === undefined) this.cancel("it was released");
    else if (this.#ending.status === "finished") releaseHandle(this.#ending.handle);
  }
}

/** How a future ends by an error that came from outside its call. */
export function endingBy(error: Error): Ending {
  return { status: error.name === "CancelledError" ? "cancelled" : "error", error };
}

function inherited(core: FutureCore, needed: FutureCore, ending: Exclude<Ending, { status: "finished" }>): Ending {
  if (ending.status === "error") return ending;
  const [key, cause] = [formatKey(core.key), formatKey(needed.key)];
  const error = new CancelledError(`future ${key} was cancelled: it needs ${cause}, which was cancelled`, {
    key: core.key,
  });
  return { status: "cancelled", error };
}

function releasedError(key: Key): GraphError {
  return new GraphError(
    `the result of future ${formatKey(key)} was released: submit it again, or release it after its last use`,
    { key },
  );
}
