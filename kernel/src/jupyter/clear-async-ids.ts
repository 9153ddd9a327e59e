import process from "node:process";

/** Name of the global function by which an interrupt empties Node's stack of async ids; see `MainInspector`. */
export const CLEAR_ASYNC_IDS = "dagbook.clearAsyncIds";

/** What Node's `process.binding("async_wrap")` holds of interest; gone since Node 24, where nothing needs it. */
interface AsyncWrap {
  clearAsyncIdStack?(): void;
}

type ProcessWithBinding = typeof process & { binding(name: string): AsyncWrap };

/** Main thread: makes the function findable for the inspector session of the service thread. */
export function exposeClearAsyncIds(): void {
  if (Number.parseInt(process.versions.node, 10) >= 24) return;
  const asyncWrap = withoutWarning(() => (process as ProcessWithBinding).binding("async_wrap"));
  Object.defineProperty(globalThis, Symbol.for(CLEAR_ASYNC_IDS), { value: () => asyncWrap.clearAsyncIdStack?.() });
}

/** Node warns of `process.binding`, which a user cannot act on. */
function withoutWarning<T>(work: () => T): T {
  const before = process.noDeprecation === true;
  process.noDeprecation = true;
  try {
    return work();
  } finally {
    process.noDeprecation = before;
  }
}
