/**
 * What tasks of the sync engine say about themselves: in the caller's thread they run among other code, so who is
 * meant is found by the asynchronous context.
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { StreamName } from "./events.js";
import { taskContext, useTaskContext } from "./task-context.js";

/** Who hears a task that runs in the caller's thread. */
export interface SyncTask {
  readonly signal: AbortSignal;
  progress(fraction: number): void;
  printed(name: StreamName, text: string): void;
}

const storage = new AsyncLocalStorage<SyncTask>();
let isInstalled = false;
/** runs that go on; while there are any, what tasks print is heard */
let listeners = 0;
let unhook: () => void = () => undefined;

/** Runs a part of a task; what it awaits later belongs to the task, too. */
export function runInTask<T>(task: SyncTask, work: () => T): T {
  install();
  return storage.run(task, work);
}

/** Hears what tasks print; call what it returns when the run is over. */
export function hearOutput(): () => void {
  if (listeners === 0) unhook = hookStreams();
  listeners += 1;
  return () => {
    listeners -= 1;
    if (listeners === 0) unhook();
  };
}

function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  // In a worker, the task that computes a graph of its own goes on being heard.
  const outer = taskContext();
  useTaskContext({
    progress: (fraction) => (storage.getStore() ?? outer)?.progress(fraction),
    signal: () => storage.getStore()?.signal ?? outer?.signal() ?? new AbortController().signal,
    isInside: () => storage.getStore() !== undefined || (outer?.isInside() ?? false),
  });
}

/** Text goes where it went, at once; the run of its task hears it as well. */
function hookStreams(): () => void {
  const hooks = (["stdout", "stderr"] as const).map((name) => {
    const stream = process[name];
    const { write } = stream;
    const hook = { isActive: true };
    const tee = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      if (hook.isActive) {
        storage.getStore()?.printed(name, typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
      }
      return Reflect.apply(write, stream, [chunk, ...rest]);
    };
    stream.write = tee;
    return { hook, restore: () => stream.write === tee && Reflect.set(stream, "write", write) };
  });
  return () => {
    for (const { hook, restore } of hooks) {
      // Somebody may have hooked in after us: then ours stays and does nothing.
      hook.isActive = false;
      restore();
    }
  };
}
