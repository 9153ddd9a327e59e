/**
 * Which tasks of one run may begin, so that results stay below a limit of memory.
 *
 * A task begins if what is held, what running tasks will add and its own result fit. Tasks that only add leave a tenth
 * of the limit to those that free what they used. If held results are in the way, those that are used last go to disk
 * meanwhile; what the next tasks need comes back before they begin. If nothing runs, nothing moves and nothing can be
 * written, the next task runs alone whatever it takes: a run always goes on.
 * @module
 */
import type { PackedGraph } from "../graph/packed.js";
import type { Holder } from "../memory/holders.js";
import type { Budget } from "./branch.js";
import type { ErrorData } from "./error-data.js";
import { usedWhenFull } from "./full-arena.js";
import type { HeldResults } from "./held-results.js";
import type { KeptInputs } from "./kept-inputs.js";
import type { MemoryHolder } from "./memory-account.js";
import type { Pace } from "./pace.js";
import type { RunAccount } from "./run-account.js";
import type { Scheduler } from "./scheduler.js";
import type { StoredResult } from "./stored-result.js";

/** Share of the limit for tasks that do not free as much as they make. */
const ADDING_SHARE = 0.9;
/** Smaller results are let through uncounted until they are there: a limit is reached by others, and most tasks are quick. */
const TINY_BYTES = 1_024;

export interface AdmissionParts {
  readonly graph: PackedGraph;
  readonly pace: Pace;
  readonly scheduler: Scheduler;
  readonly held: HeldResults;
  readonly kept: KeptInputs;
  readonly account: RunAccount;
  readonly workers: number;
  /** results of the run stay with the engine: nobody waits for them in memory */
  readonly isKeeping: boolean;
  /** milliseconds since the run started */
  readonly time: () => number;
  /**
   * hears that the run cannot go on: the disk failed, or the arena cannot hold what a task needs
   * @param task the only one that cannot, because an input of it is lost
   */
  readonly onError: (error: Error, task?: number) => void;
  /** what the view calls the run */
  readonly title: string;
}

/** A batch of tasks for which there is room. */
class AdmittedBatch implements Budget {
  private readonly inner: Budget;
  private readonly admission: Admission;

  constructor(inner: Budget, admission: Admission) {
    this.inner = inner;
    this.admission = admission;
  }

  get isFull(): boolean {
    return this.inner.isFull;
  }

  get range(): Budget["range"] {
    return this.inner.range;
  }

  admit(task: number, isReady: boolean): boolean {
    return this.admission.admit(task, isReady, this.inner);
  }
}

export class Admission implements MemoryHolder {
  private readonly parts: AdmissionParts;
  /** `[size]` bytes that a taken task will add */
  private readonly reserved: Float64Array;
  /** tasks that wait for inputs from the disk */
  private readonly fetching = new Set<number>();
  /** tasks whose inputs came from the disk and stay until they run */
  private readonly fetched = new Set<number>();
  /** tasks for which the arena was too full while others ran */
  private readonly large = new Set<number>();
  /** the ready task that is looked at; it may begin whatever it takes if `mayOverrun` */
  private asking = -1;
  private mayOverrun = false;
  private frontier = 0;

  constructor(parts: AdmissionParts) {
    this.parts = parts;
    this.reserved = new Float64Array(parts.graph.size);
    parts.scheduler.onLeave = (task) => this.left(task);
    parts.account.engine.enter(this);
  }

  get running(): number {
    return this.parts.scheduler.takenCount - this.fetching.size;
  }

  /**
   * True if the next task for a worker may begin now. If not, something was started that changes this, or goes on: a task runs, or
   * results move to or from the disk.
   */
  isOpen(worker: number): boolean {
    const { scheduler, account } = this.parts;
    for (;;) {
      const task = scheduler.next(worker);
      if (task === undefined) return false;
      this.mayOverrun = false;
      this.asking = task;
      const missing = account.engine.isAllInMemory ? [] : this.inputsOnDisk(task);
      if (missing.length > 0) {
        if (this.fetch(task, missing, worker)) continue;
        return false;
      }
      if (this.large.size > 0 && this.large.has(task)) return this.makeRoom(account.engine.limit);
      return this.fits(task) || this.makeRoomFor(this.expected(task), -1);
    }
  }

  /** `inner`, with tasks for which there is no room left out. */
  batch(inner: Budget): Budget {
    return this.isFarFromLimit ? inner : new AdmittedBatch(inner, this);
  }

  /** Counts the task in and returns true, or returns false if there is no room for it or it does not fit into the batch. */
  admit(task: number, isReady: boolean, inner: Budget): boolean {
    if (!this.fits(task) || !inner.admit(task, isReady)) return false;
    this.reserve(task);
    return true;
  }

  /** True while every task would be let through uncounted: most runs never get further. */
  private get isFarFromLimit(): boolean {
    const { graph, pace, kept, account } = this.parts;
    if (graph.memory !== undefined || pace.largestBytes >= TINY_BYTES || this.large.size > 0) return false;
    return account.engine.isAllInMemory && kept.isEmpty;
  }

  /** True if the task shall run once more, alone: it failed because the arena was full. Ask once for each failure. */
  mayFitAlone(task: number, error: ErrorData): boolean {
    if (usedWhenFull(error) === undefined || this.large.has(task)) return false;
    this.large.add(task);
    return true;
  }

  /**
   * Brings results back to memory that are on disk; undefined if there are none.
   * @returns rejects with a MemoryError if the arena cannot hold them, or a file cannot be read
   */
  loadAll(tasks: Iterable<number>): Promise<void> | undefined {
    const { held } = this.parts;
    if (held.stored.size === 0) return undefined;
    const missing: StoredResult[] = [];
    for (const task of tasks) {
      const stored = held.stored.get(task);
      if (stored !== undefined && !stored.isInMemory) missing.push(stored);
    }
    return missing.length === 0 ? undefined : this.load(missing);
  }

  private async load(missing: readonly StoredResult[]): Promise<void> {
    const { account, graph } = this.parts;
    // What is kept for later runs can wait on disk.
    let hasRoom = true;
    for (const stored of missing) {
      if (hasRoom) hasRoom = await account.engine.makeRoomToLoad(stored.bytes, graph.size);
      await account.engine.loadAnyway(stored, graph.size);
    }
  }

  /** The run is over. */
  end(): void {
    this.parts.account.engine.leave(this);
  }

  stored(): Iterable<StoredResult> {
    return this.parts.held.stored.values();
  }

  get owner(): Holder["owner"] {
    return { run: this.parts.title };
  }

  *keyed(): Iterable<readonly [string, StoredResult]> {
    const { held, graph } = this.parts;
    for (const [task, stored] of held.stored) yield [graph.keys[task], stored];
  }

  distance(stored: StoredResult): number {
    const { held, kept, scheduler, graph, isKeeping } = this.parts;
    const task = held.taskOf(stored);
    const users = task === undefined ? kept.usersOf(stored) : scheduler.dependentsOf(task);
    let next = task === undefined || isKeeping ? Number.POSITIVE_INFINITY : graph.size;
    for (const user of users) {
      // Also one that was cancelled meanwhile.
      if (scheduler.isTaken(user)) return -1;
      if (!scheduler.isUnfinished(user)) continue;
      if (user === this.asking || this.fetched.has(user)) return -1;
      next = Math.min(next, Math.max(0, graph.priority[user] - this.frontier));
    }
    return next;
  }

  private left(task: number): void {
    const bytes = this.reserved[task];
    if (bytes === 0) return;
    this.reserved[task] = 0;
    this.parts.account.reserve(-bytes);
  }

  private reserve(task: number): void {
    const bytes = this.expected(task);
    if (bytes >= TINY_BYTES) {
      this.reserved[task] = bytes;
      this.parts.account.reserve(bytes);
    }
    this.frontier = this.parts.graph.priority[task];
    if (this.fetched.size > 0) this.fetched.delete(task);
    this.mayOverrun = false;
  }

  /** Bytes of the result of a task; 0 if nobody can know. */
  private expected(task: number): number {
    const { graph, pace } = this.parts;
    return graph.memory?.[task] || pace.meanBytes(task) || 0;
  }

  private fits(task: number): boolean {
    if (task === this.asking && this.mayOverrun) return true;
    const { account } = this.parts;
    if (this.large.size > 0 && this.large.has(task)) return false;
    if (!account.engine.isAllInMemory && this.inputsOnDisk(task).length > 0) return false;
    const bytes = this.expected(task);
    if (bytes < TINY_BYTES || account.shortage(bytes, ADDING_SHARE) <= 0) return true;
    return account.shortage(bytes, 1) <= 0 && this.freedBy(task) >= bytes;
  }

  /** Bytes that go when a task has finished: large results that nothing else needs. */
  private freedBy(task: number): number {
    const { graph, held, scheduler } = this.parts;
    let bytes = 0;
    for (let i = graph.dependencyStart[task]; i < graph.dependencyStart[task + 1]; i++) {
      const input = graph.dependencies[i];
      const stored = scheduler.isLastUse(input) ? held.stored.get(input) : undefined;
      // What its owner holds, too, stays.
      if (stored !== undefined && !stored.isShared) bytes += stored.bytes;
    }
    return bytes;
  }

  private inputsOnDisk(task: number): readonly StoredResult[] {
    const { graph, held, kept } = this.parts;
    const missing: StoredResult[] = [];
    for (let i = graph.dependencyStart[task]; i < graph.dependencyStart[task + 1]; i++) {
      const stored = held.stored.get(graph.dependencies[i]);
      if (stored !== undefined && !stored.isInMemory) missing.push(stored);
    }
    for (const stored of kept.inputsOf(task)) if (!stored.isInMemory) missing.push(stored);
    return missing;
  }

  /** Starts to read the inputs of the next task, which steps aside; false if there is no room for them yet. */
  private fetch(task: number, missing: readonly StoredResult[], worker: number): boolean {
    const { scheduler, account, kept, workers, graph } = this.parts;
    // One for each worker and one more: while they compute, the disk works too.
    if (this.fetching.size > workers) return false;
    let bytes = this.expected(task);
    for (const stored of missing) if (!stored.isMoving) bytes += stored.bytes;
    // What is read ahead of time must not drive out what is needed before.
    const isAhead = account.engine.isBusy;
    const beyond = isAhead ? Math.max(0, graph.priority[task] - this.frontier) : -1;
    if (account.shortage(bytes, 1) > 0 && !this.makeRoomFor(bytes, beyond)) return false;
    const loads: Promise<void>[] = [];
    try {
      for (const stored of missing) {
        loads.push(account.engine.load(stored));
        kept.countFor(stored, account);
      }
    } catch (error) {
      for (const load of loads) load.catch(() => undefined);
      // The arena is full.
      if (!account.engine.isBusy) this.parts.onError(error as Error);
      return false;
    }
    scheduler.park(worker);
    this.fetching.add(task);
    void this.whenLoaded(task, loads);
    return true;
  }

  private async whenLoaded(task: number, loads: readonly Promise<void>[]): Promise<void> {
    const { scheduler, time, onError } = this.parts;
    const failed = (await Promise.allSettled(loads)).find((load) => load.status === "rejected");
    this.fetching.delete(task);
    if (failed === undefined) this.fetched.add(task);
    else onError(failed.reason, task);
    // Unless the error has ended it.
    if (scheduler.isTaken(task)) scheduler.unpark(task, time());
  }

  /**
   * Starts to make room for `bytes` more.
   * @param beyond results that are used sooner stay
   * @returns true if the task may begin without it: nothing will make room
   */
  private makeRoomFor(bytes: number, beyond: number): boolean {
    const { account } = this.parts;
    const isOwn = account.ownShortage(bytes, ADDING_SHARE) > 0;
    const short = account.shortage(bytes, ADDING_SHARE);
    // Running tasks alone are too much: when one has ended, there is room.
    if (short - account.reserved(isOwn) <= 0 && account.engine.isBusy) return false;
    return this.makeRoom(short, isOwn, beyond);
  }

  private makeRoom(bytes: number, isOwn = false, beyond = -1): boolean {
    const { account, onError } = this.parts;
    const ledger = isOwn ? account : undefined;
    const isMoving = account.engine.makeRoom({ bytes, ledger, beyond, onError });
    this.mayOverrun = !isMoving && !account.engine.isBusy;
    return this.mayOverrun;
  }
}
