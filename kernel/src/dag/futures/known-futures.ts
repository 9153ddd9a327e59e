/**
 * Futures with a key that says what they are: the same call again gives the same future.
 * @module
 */
import type { Engine } from "../engine/engine.js";
import { coreOf } from "./core-of.js";
import type { Future } from "./future.js";

interface Known {
  readonly future: WeakRef<Future<unknown>>;
  readonly token: string;
}

const ofEngines = new WeakMap<Engine | Promise<Engine>, KnownFutures>();

/** The futures of one engine that were given a key or are `pure`, as long as somebody holds them. */
export class KnownFutures {
  readonly #known = new Map<string, Known>();
  readonly #collected = new FinalizationRegistry<string>((id) => {
    if (this.#known.get(id)?.future.deref() === undefined) this.#known.delete(id);
  });

  static of(engine: Engine | Promise<Engine>): KnownFutures {
    const known = ofEngines.get(engine) ?? new KnownFutures();
    ofEngines.set(engine, known);
    return known;
  }

  /** The future with this key; undefined if it was released or has failed, so that the call can be made again. */
  get(id: string): { readonly future: Future<unknown>; readonly token: string } | undefined {
    const known = this.#known.get(id);
    const future = known?.future.deref();
    const core = coreOf(future);
    if (known === undefined || future === undefined || core === undefined) return undefined;
    const isOver = core.isReleased || core.status === "error" || core.status === "cancelled";
    return isOver ? undefined : { future, token: known.token };
  }

  add(id: string, future: Future<unknown>, token: string): void {
    this.#known.set(id, { future: new WeakRef(future), token });
    this.#collected.register(future, id);
  }
}
