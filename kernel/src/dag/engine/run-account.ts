/**
 * The memory of one run: a part of that of its engine.
 * @module
 */
import type { Ledger } from "./ledger.js";
import type { MemoryAccount } from "./memory-account.js";
import type { Recorder } from "./recorder.js";

/** Counts for the run, for its events and for the engine. */
export class RunAccount implements Ledger {
  readonly engine: MemoryAccount;
  private readonly recorder: Recorder;
  private readonly limit: number;
  private heldBytes = 0;
  private reservedBytes = 0;

  /** @param limit bytes that results of the run may take; tightens that of the engine */
  constructor(engine: MemoryAccount, recorder: Recorder, limit = Number.POSITIVE_INFINITY) {
    this.engine = engine;
    this.recorder = recorder;
    this.limit = limit;
  }

  held(delta: number): void {
    this.heldBytes += delta;
    this.recorder.held(delta);
    this.engine.held(delta);
  }

  spilled(delta: number): void {
    this.recorder.spilled(delta);
    this.engine.spilled(delta);
  }

  reserve(delta: number): void {
    this.reservedBytes += delta;
    this.engine.reserve(delta);
  }

  /** Bytes that are missing for `bytes` more under the limits of the run and of the engine. */
  shortage(bytes: number, share: number): number {
    return Math.max(this.ownShortage(bytes, share), this.engine.shortage(bytes, share));
  }

  /** The same under the limit of the run alone. */
  ownShortage(bytes: number, share: number): number {
    return this.heldBytes + this.reservedBytes + bytes - share * this.limit;
  }

  /** Bytes of running tasks of the run, or of all runs. */
  reserved(isOwn: boolean): number {
    return isOwn ? this.reservedBytes : this.engine.reserved;
  }
}
