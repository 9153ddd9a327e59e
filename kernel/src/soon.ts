import { setTimeout as delay } from "node:timers/promises";

/** The value of a promise, or undefined if it does not come within `ms` or fails. */
export async function soon<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  const limit = new AbortController();
  const late = delay(ms, undefined, { signal: limit.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } catch {
    return undefined;
  } finally {
    limit.abort();
  }
}
