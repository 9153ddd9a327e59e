/**
 * Brings results of futures from their engines; all that are asked for in one turn come in one message.
 * @module
 */
import { GraphError } from "../../errors.js";
import { queueMicrotask } from "../../kept-globals.js";
import type { Engine } from "../engine/engine.js";
import { exposeBlocks } from "../engine/value.js";
import type { Kept } from "../graph/packed.js";
import type { FutureCore } from "./future-core.js";

interface Asked {
  readonly handle: Kept;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const asked = new Map<Engine, Asked[]>();

/**
 * The value of a future that has ended.
 * @throws the error of the future if it has no value
 */
export function fetchResult({ failure, ending, isReleased }: FutureCore): Promise<unknown> {
  if (failure !== undefined) return Promise.reject(failure);
  if (ending?.status !== "finished" || isReleased) {
    return Promise.reject(new GraphError("the result of a future was released: ask for it before you release it"));
  }
  const { engine, handle } = ending;
  return new Promise((resolve, reject) => {
    const before = asked.get(engine);
    if (before !== undefined) {
      before.push({ handle, resolve, reject });
      return;
    }
    const list: Asked[] = [{ handle, resolve, reject }];
    asked.set(engine, list);
    queueMicrotask(() => {
      asked.delete(engine);
      void bring(engine, list);
    });
  });
}

async function bring(engine: Engine, list: readonly Asked[]): Promise<void> {
  try {
    const results = (await engine.fetch?.(list.map(({ handle }) => handle))) ?? [];
    for (const [i, { resolve, reject }] of list.entries()) {
      try {
        resolve(exposeBlocks(results[i], true));
      } catch (error) {
        reject(error);
      }
    }
    engine.releaseResults(results);
  } catch (error) {
    // One that is gone must not take the others with it.
    if (list.length === 1) list[0].reject(error);
    else for (const one of list) void bring(engine, [one]);
  }
}
