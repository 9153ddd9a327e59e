import process from "node:process";

/** Name of the (hidden) global function by which an interrupt empties Node's stack of async ids; see `MainInspector`. */
export const CLEAR_ASYNC_IDS = "dagbook.clearAsyncIds";
/** Name of the (hidden) global function by which an interrupt learns how deep the running code is. */
export const STACK_DEPTH = "dagbook.stackDepth";

/** Deeper stacks are not counted to their end. */
export const MAX_COUNTED_DEPTH = 500;

/** What Node's `process.binding("async_wrap")` holds of interest; gone since Node 24, where nothing needs it. */
interface AsyncWrap {
  clearAsyncIdStack?(): void;
}

type ProcessWithBinding = typeof process & { binding(name: string): AsyncWrap };

/** Main thread: makes the functions findable for the inspector session of the service thread. */
export function exposeCutHooks(): void {
  const needsClearing = Number.parseInt(process.versions.node, 10) < 24;
  const asyncWrap = needsClearing ? withoutWarning(() => (process as ProcessWithBinding).binding("async_wrap")) : {};
  Object.defineProperty(globalThis, CLEAR_ASYNC_IDS, { value: () => asyncWrap.clearAsyncIdStack?.() });
  Object.defineProperty(globalThis, STACK_DEPTH, { value: stackDepth });
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

function stackDepth(): number {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = MAX_COUNTED_DEPTH;
  Error.prepareStackTrace = (_, frames) => frames.length;
  const { stack }: { stack?: unknown } = new Error("only to count");
  Error.stackTraceLimit = stackTraceLimit;
  if (prepareStackTrace === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
  else Error.prepareStackTrace = prepareStackTrace;
  return Number(stack);
}
