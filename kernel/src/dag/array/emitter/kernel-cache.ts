/**
 * Kernels compiled on this thread, by their structure.
 * @module
 */
import { arena } from "../../memory/arena.js";
import { emitKernel, type Kernel } from "./kernel.js";
import { scalarFunctions } from "./scalar-functions.js";

/** Runs a kernel on the job record at this byte of its memory. */
export type RunJob = (job: number) => void;

const modules = new Map<string, WebAssembly.Module>();
/** instances by memory: a thread that is given another arena must not run on the old one */
const instances = new WeakMap<WebAssembly.Memory, Map<string, unknown>>();

/**
 * The kernel, compiled for one memory of the arena.
 * @param expressionId a text that only this expression has
 */
export function kernelFor(kernel: Kernel, expressionId: string, memory: number): RunJob {
  const structure = `${kernel.sink} ${kernel.combine} ${kernel.modes} ${expressionId}`;
  return instanceFor<RunJob>(structure, memory, () => emitKernel(kernel));
}

/**
 * The export `run` of a module on one memory of the arena, from the cache if it was asked for before.
 * The type of `run` is what the emitter of these bytes made it; nothing else can check it.
 * @param id a text that only this module has
 */
export function instanceFor<Run>(id: string, memory: number, emit: () => Uint8Array<ArrayBuffer>): Run {
  const shared = arena().handle.memories[memory];
  let runs = instances.get(shared);
  if (runs === undefined) {
    runs = new Map();
    instances.set(shared, runs);
  }
  let run = runs.get(id);
  if (run === undefined) {
    let module = modules.get(id);
    if (module === undefined) {
      module = new WebAssembly.Module(emit());
      modules.set(id, module);
    }
    run = new WebAssembly.Instance(module, { env: { memory: shared, ...scalarFunctions } }).exports.run;
    runs.set(id, run);
  }
  return run as Run;
}
