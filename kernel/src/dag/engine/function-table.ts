/**
 * The functions that a worker was given, by the slot the engine calls them with.
 * @module
 */
import { rebuildFunction } from "../functions/rebuild.js";
import type { FunctionDelivery } from "./batch.js";

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
    for (const { slot, shipped } of deliveries) {
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
