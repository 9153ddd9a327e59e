/**
 * The functions that a worker was given, by the slot the engine calls them with.
 * @module
 */
import { rebuildFunction } from "../functions/rebuild.js";
import type { FunctionDelivery } from "./batch.js";
import { type ErrorData, errorOf } from "./error-data.js";

export interface LoadedFunction {
  /** an array kernel or another function of a module: takes blocks as they are */
  readonly takesBlocks: boolean;
  readonly call: (...args: unknown[]) => unknown;
}

export class FunctionTable {
  private readonly slots: LoadedFunction[] = [];

  /**
   * Never rejects. What could not be loaded is tried again by each task that calls it: the error then names
   * that task, and a module that was installed meanwhile is found.
   */
  async load(deliveries: readonly FunctionDelivery[]): Promise<void> {
    for (const delivery of deliveries) {
      if ("refused" in delivery) {
        this.slots[delivery.slot] = refusedFunction(delivery.refused);
        continue;
      }
      const { slot, shipped } = delivery;
      const call = await rebuildFunction(shipped).catch(
        () =>
          async (...args: unknown[]) =>
            (await rebuildFunction(shipped))(...args),
      );
      this.slots[slot] = { takesBlocks: shipped.kind === "module", call };
    }
  }

  at(slot: number): LoadedFunction {
    return this.slots[slot];
  }
}

/** Fails each task that calls it. */
function refusedFunction(refused: ErrorData): LoadedFunction {
  const call = () => {
    throw errorOf(refused);
  };
  return { takesBlocks: true, call };
}
