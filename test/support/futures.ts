// Functions that tests submit, and an engine for them.
import { useEngine } from "../../kernel/src/dag/context.js";
import type { Engine } from "../../kernel/src/dag/engine/engine.js";
import { taskSignal } from "../../kernel/src/dag/engine/task-context.js";
import { engineKinds } from "./engines.js";

/** Made by a call: what a module exports would be imported by the workers, which know no TypeScript. */
export function callables() {
  const inc = (x: number): number => x + 1;
  const add = (a: number, b: number): number => a + b;
  const boom = (message: string): number => {
    throw new RangeError(message);
  };
  /** Counts itself in cell 0, then holds its thread until cell 1 is 1. */
  const countAndBlock = (shared: SharedArrayBuffer): string => {
    const cells = new Int32Array(shared);
    Atomics.add(cells, 0, 1);
    Atomics.notify(cells, 0);
    Atomics.wait(cells, 1, 0);
    return "done";
  };
  /** Counts itself in cell 0, and never ends. */
  const countAndLoop = (shared: SharedArrayBuffer): number => {
    const cells = new Int32Array(shared);
    Atomics.add(cells, 0, 1);
    Atomics.notify(cells, 0);
    for (;;);
  };
  /** Counts calls in cell 2. */
  const counted = (shared: SharedArrayBuffer, value: number): number => {
    Atomics.add(new Int32Array(shared), 2, 1);
    return value;
  };
  /** Writes its number behind those that are there: cell 2 is how many, then the numbers. */
  const log = (shared: SharedArrayBuffer, number: number): number => {
    const cells = new Int32Array(shared);
    cells[3 + Atomics.add(cells, 2, 1)] = number;
    return number;
  };
  /** Counts itself in cell 0, waits for its signal, then counts itself in cell 2. */
  const untilAborted = async (shared: SharedArrayBuffer): Promise<void> => {
    const cells = new Int32Array(shared);
    const aborted = new Promise((resolve) => taskSignal().addEventListener("abort", resolve));
    Atomics.add(cells, 0, 1);
    Atomics.notify(cells, 0);
    await aborted;
    Atomics.add(cells, 2, 1);
    Atomics.notify(cells, 2);
  };
  return { inc, add, boom, countAndBlock, countAndLoop, counted, log, untilAborted };
}

/** Tests on both engines, with that many workers; `engine()` is the one in use. */
export function onBothEngines(workers: number, tests: (engine: () => Engine) => void): void {
  describe.each(engineKinds)("%s", (_, make) => {
    let engine: Engine;
    beforeAll(() => {
      engine = make(workers);
      useEngine(engine);
    });
    afterAll(async () => {
      useEngine(undefined);
      await engine.close();
    });
    tests(() => engine);
  });
}
