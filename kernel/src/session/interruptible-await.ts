import { isObject } from "../kinds.js";

/** What a compiled cell calls around everything it awaits itself; see `CELL_AWAIT` in transform/cell-edit.ts. */
export interface CellAwait {
  /** @returns what to await in place of `value` */
  (value: unknown): unknown;
  /** @returns what `for await` runs over in place of `iterable` */
  each(iterable: MaybeAsyncIterable): AsyncIterable<unknown>;
}

type MaybeAsyncIterable = AsyncIterable<unknown> | Iterable<unknown>;

const { then } = Promise.prototype;

/**
 * The awaits of one cell, of which at most one is pending. A promise cannot be cancelled, so the cell awaits one of
 * ours that follows the user's and that an interrupt can reject.
 */
export class InterruptibleAwait {
  /** for the script of the cell */
  readonly cellAwait: CellAwait;
  #pending: Promise<unknown> | undefined;
  #resolve: (value: Promise<never>) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #isAbandoned = false;

  constructor() {
    this.cellAwait = Object.assign((value: unknown) => this.#wait(value), {
      each: (iterable: MaybeAsyncIterable) => this.#each(iterable),
    });
  }

  /**
   * Makes the pending await throw; what the cell does then, say in `finally`, it may await again.
   * @returns false if the cell awaits nothing
   */
  interrupt(error: Error): Promise<boolean> {
    this.#reject(error);
    // A promise that was settled before keeps its outcome.
    return (this.#pending ?? Promise.resolve()).then(
      () => false,
      (reason: unknown) => reason === error,
    );
  }

  /** From here on no await of the cell comes to an end, so nothing behind it runs. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#resolve(never());
  }

  #wait(value: unknown): unknown {
    // Nothing else can be a promise, and the engine awaits it faster than anything of ours.
    return isObject(value) || this.#isAbandoned ? this.#follow(value) : value;
  }

  #follow<T>(value: T | PromiseLike<T>): Promise<T> {
    if (this.#isAbandoned) return never();
    const promise = new Promise<T>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      // Bare resolving functions, unlike closures, let stack traces find the cell behind the promise.
      Reflect.apply(then, Promise.resolve(value), [resolve, reject]);
    });
    this.#pending = promise;
    return promise;
  }

  #each(iterable: MaybeAsyncIterable): AsyncIterable<unknown> {
    return {
      [Symbol.asyncIterator]: () => {
        const iterator = asyncIteratorOf(iterable);
        return {
          next: () => this.#follow(iterator.next()),
          return: () => this.#follow(iterator.return?.() ?? { done: true, value: undefined }),
        };
      },
    };
  }
}

function asyncIteratorOf(iterable: MaybeAsyncIterable): AsyncIterator<unknown> {
  if (isObject(iterable) && Symbol.asyncIterator in iterable) return iterable[Symbol.asyncIterator]();
  // The language itself knows best how the values of a plain iterable are awaited.
  return (async function* () {
    yield* iterable;
  })();
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
