/**
 * Handles of results that stay with an engine as long as somebody holds them.
 * @module
 */
import type { Engine } from "./engine/engine.js";
import type { Kept } from "./graph/packed.js";

// When a handle is collected, the engine may drop the result.
const unused = new FinalizationRegistry<{ engine: Engine; kept: Kept }>(({ engine, kept }) => engine.release([kept]));

/** A handle that nobody but its owner holds, whatever the engine keeps of its own. */
export function handleOf(kept: Kept, engine: Engine | undefined): Kept {
  const handle = { ...kept };
  if (engine !== undefined) unused.register(handle, { engine, kept }, handle);
  return handle;
}

/** Drops the result now; runs that use it go on. */
export function releaseHandle(handle: Kept, engine: Engine): void {
  unused.unregister(handle);
  engine.release([handle]);
}
