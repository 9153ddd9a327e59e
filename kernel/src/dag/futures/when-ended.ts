/**
 * Waiting for futures, without a promise for each.
 * @module
 */
import { CancelledError } from "../../errors.js";
import type { FutureCore } from "./future-core.js";

export interface WaitRequest {
  /** enough of them; default: all */
  readonly count?: number;
  /** milliseconds after which the wait ends as if it were over */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** true: the first that fails ends the wait with its error */
  readonly rejects?: boolean;
}

/**
 * Resolves when enough of the futures have ended, or the time is over.
 * @throws {CancelledError} if the signal is aborted before
 * @throws the error of a future, if the request says so
 */
export function whenEnded(cores: readonly FutureCore[], request: WaitRequest): Promise<void> {
  const { count = cores.length, timeout, signal, rejects = false } = request;
  return new Promise((resolve, reject) => {
    let missing = count;
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      const what = cores.length === 1 ? "a future" : `${cores.length} futures`;
      const message = `the wait for ${what} was ended by its signal: ${String(signal?.reason)}`;
      over(new CancelledError(message, {}, { cause: signal?.reason }));
    };
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
    if (timeout !== undefined) timer = setTimeout(over, timeout);
    if (missing === 0) over();
    for (const core of cores) core.whenEnded(ended);

    function ended(core: FutureCore): void {
      missing -= 1;
      if (rejects && core.failure !== undefined) over(core.failure);
      else if (missing === 0) over();
    }

    function over(error?: Error): void {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      // Of a wait that is over before the futures are.
      if (missing > 0 || count < cores.length) {
        for (const core of cores) core.forget(ended);
      }
      if (error === undefined) resolve();
      else reject(error);
    }
  });
}
