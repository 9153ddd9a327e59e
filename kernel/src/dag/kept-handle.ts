/**
 * Handles of results that stay with an engine as long as somebody holds them.
 * @module
 */
import type { Engine } from "./engine/engine.js";
import type { Kept } from "./graph/packed.js";

interface Owned {
  readonly engine: Engine;
  readonly kept: Kept;
}

// When a handle is collected, the engine may drop the result.
const unused = new FinalizationRegistry<Owned>(({ engine, kept }) => engine.release([kept]));
const owners = new WeakMap<Kept, Owned>();
const released = new WeakSet<Kept>();

/** A handle that nobody but its owner holds, whatever the engine keeps of its own. */
export function handleOf(kept: Kept, engine: Engine | undefined): Kept {
  const handle = { ...kept };
  if (engine !== undefined) {
    unused.register(handle, { engine, kept }, handle);
    owners.set(handle, { engine, kept });
  }
  return handle;
}

/** True for a handle whose result was dropped by `releaseHandle`. */
export function isReleasedHandle(handle: Kept): boolean {
  return released.has(handle);
}

/** Drops the result of a handle now; runs that use it go on. */
export function releaseHandle(handle: Kept): void {
  const owned = owners.get(handle);
  if (owned === undefined) return;
  released.add(handle);
  unused.unregister(handle);
  owners.delete(handle);
  owned.engine.release([owned.kept]);
}
