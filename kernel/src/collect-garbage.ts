/**
 * A garbage collection on demand: V8 does not see shared memory, so nothing tells it when dropped handles hold much of it.
 * @module
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** milliseconds that the callbacks of what was collected may take; most are called within a few */
const CALLBACKS_MS = 100;
/** Registries whose callbacks are waited for: V8 gives each a turn of the event loop of its own, that of the witness may be the first. */
const REGISTRIES = 32;

const witness = new FinalizationRegistry<() => void>((collected) => collected());
let gc: (() => void) | undefined;

/**
 * Collects the garbage of this thread (5 to 10 ms for a heap of 40 MB, more for a larger one). Resolves when the
 * callbacks of `FinalizationRegistry` for what was dropped have been called.
 */
export async function collectGarbage(): Promise<void> {
  // In a turn of its own: what the calling code had in hand may be dropped by now.
  await new Promise((resolve) => setImmediate(resolve));
  let timer: NodeJS.Timeout | undefined;
  const called = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CALLBACKS_MS);
    leaveWitness(resolve);
  });
  gc ??= exposedGc();
  gc();
  await called;
  clearTimeout(timer);
  for (let turn = 0; turn < REGISTRIES; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** @param collected called when an object that nobody holds is collected */
function leaveWitness(collected: () => void): void {
  witness.register({}, collected);
}

function exposedGc(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  // The flag is of the process: workers that start later should not find a global `gc`.
  setFlagsFromString("--no-expose-gc");
  return collect as () => void;
}
