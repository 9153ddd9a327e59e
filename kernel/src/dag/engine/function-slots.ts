/**
 * The engine's side of a worker's function table: a function travels to a worker once.
 * @module
 */
import type { ShippedFunction } from "../functions/shipped.js";
import type { FunctionDelivery } from "./batch.js";

export class FunctionSlots {
  private readonly slots = new Map<string, number>();
  private deliveries: FunctionDelivery[] = [];

  /** Number of functions the worker has. */
  get size(): number {
    return this.slots.size;
  }

  /** Slot of a function; one that the worker lacks goes with the next batch. */
  slotOf(shipped: ShippedFunction): number {
    const known = this.slots.get(shipped.id);
    if (known !== undefined) return known;
    const slot = this.slots.size;
    this.slots.set(shipped.id, slot);
    this.deliveries.push({ slot, shipped });
    return slot;
  }

  /** Functions that the worker must get with the batch that was just written. */
  takeDeliveries(): readonly FunctionDelivery[] {
    if (this.deliveries.length === 0) return this.deliveries;
    const taken = this.deliveries;
    this.deliveries = [];
    return taken;
  }
}
