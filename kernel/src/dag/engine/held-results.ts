/**
 * The results of one run that wait for tasks or for the end of the run.
 * @module
 */
import type { Ledger } from "./ledger.js";
import type { MemoryAccount } from "./memory-account.js";
import { canBeStored, type StoredResult } from "./stored-result.js";
import { type Encoded, nbytes, releaseEncoded, retainEncoded } from "./value.js";

export class HeldResults {
  /** by task; undefined also while a result is on disk */
  readonly values: Encoded[];
  /** the large ones, by task */
  readonly stored = new Map<number, StoredResult>();
  private readonly taskOfStored = new Map<StoredResult, number>();
  private readonly isHeld: Uint8Array;
  private readonly ledger: Ledger;
  private readonly memory: MemoryAccount;

  constructor(size: number, ledger: Ledger, memory: MemoryAccount) {
    this.values = new Array(size);
    this.isHeld = new Uint8Array(size);
    this.ledger = ledger;
    this.memory = memory;
  }

  /** Takes over the result of a task and the references it holds; its bytes. */
  hold(task: number, value: Encoded): number {
    const bytes = nbytes(value);
    this.isHeld[task] = 1;
    this.values[task] = value;
    if (typeof value === "object" && canBeStored(value, bytes)) {
      const stored = this.memory.store(value, this.ledger, (moved) => {
        this.values[task] = moved;
      });
      this.stored.set(task, stored);
      this.taskOfStored.set(stored, task);
    } else this.ledger.held(bytes);
    return bytes;
  }

  /** True while the result of a task is here, in memory or on disk. */
  has(task: number): boolean {
    return this.isHeld[task] === 1;
  }

  /** The task whose result it is; undefined if it is none of this run. */
  taskOf(stored: StoredResult): number | undefined {
    return this.taskOfStored.get(stored);
  }

  /** Takes a result out, which must be in memory; whoever gets it owns its blocks. */
  takeOut(task: number): Encoded {
    const stored = this.takeStored(task);
    if (stored !== undefined) return stored.takeOut();
    const value = this.values[task];
    this.forget(task);
    this.ledger.held(-nbytes(value));
    return value;
  }

  /** Takes a result out as it is: one that may be on disk as it is stored, a small one as its value. */
  takeForKeeping(task: number): Encoded | { readonly stored: StoredResult } {
    const stored = this.takeStored(task);
    return stored === undefined ? this.takeOut(task) : { stored };
  }

  /** The same for a result that stays here as well: a large one is held once, by both. */
  shareForKeeping(task: number): Encoded | { readonly stored: StoredResult } {
    const stored = this.stored.get(task);
    if (stored !== undefined) return { stored: stored.share() };
    retainEncoded(this.values[task]);
    return this.values[task];
  }

  /** Frees a result that nobody needs any more. */
  drop(task: number): void {
    if (this.isHeld[task] === 0) return;
    const stored = this.takeStored(task);
    if (stored !== undefined) {
      stored.moveUnheard();
      stored.release();
    } else releaseEncoded(this.takeOut(task));
  }

  private takeStored(task: number): StoredResult | undefined {
    const stored = this.stored.size === 0 ? undefined : this.stored.get(task);
    if (stored === undefined) return undefined;
    this.stored.delete(task);
    this.taskOfStored.delete(stored);
    this.forget(task);
    return stored;
  }

  private forget(task: number): void {
    this.values[task] = undefined;
    this.isHeld[task] = 0;
  }
}
