import { inspect } from "node:util";

/** What Node below 24 writes on every promise while an `AsyncLocalStorage` is in use. */
const NODE_KEYS = new Set(["async_id_symbol", "trigger_async_id_symbol", "kResourceStore"]);

/** Makes promises print as they do in a plain Node, without the ids by which it follows them. */
export function hideAsyncIds(): void {
  Object.defineProperty(Promise.prototype, inspect.custom, { value: hidden, configurable: true, writable: true });
}

/** @returns the promise, which `inspect` then prints as it would have */
function hidden(this: object): object {
  for (const key of Object.getOwnPropertySymbols(this)) {
    if (NODE_KEYS.has(key.description ?? "")) Object.defineProperty(this, key, { enumerable: false });
  }
  return this;
}
