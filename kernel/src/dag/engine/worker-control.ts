/// <reference lib="es2024.sharedmemory" />
/**
 * The numbers that one worker and the engine share: the engine sees what a busy worker does, also inside
 * a synchronous task, and takes back tasks that the worker has not begun. No message is needed for either.
 *
 * Every task sent to a worker has a ticket: 1, 2, 3 ... Tickets wrap around at 2^31, so they are
 * compared by their difference.
 * @module
 */

/** What a worker is doing: the ticket of the task begun last. */
export interface Begun {
  readonly ticket: number;
  /** when it began, on the clock of clock.ts */
  readonly since: number;
  /** 0 … 1 as reported by `progress`; -1 if the task reported nothing */
  readonly fraction: number;
}

const ticketCell = 0;
const recallCell = 1;
const sinceCell = 1;
const fractionCell = 3;
const abortedBytes = 40;

/** True if ticket `a` was given out after ticket `b`. */
export function isAfter(a: number, b: number): boolean {
  return ((a - b) | 0) > 0;
}

export class WorkerControl {
  readonly buffer: SharedArrayBuffer;
  /** the task begun last; all tasks up to here are recalled */
  private readonly cells: Int32Array;
  /** two of each in turn, so that the numbers of a task stay valid while the next one writes its own */
  private readonly numbers: Float64Array;
  /** ticket of the task that was cancelled while it ran, the last one of these */
  private readonly abortedCell: Int32Array;

  constructor(buffer = new SharedArrayBuffer(48)) {
    this.buffer = buffer;
    this.cells = new Int32Array(buffer, 0, 2);
    this.numbers = new Float64Array(buffer, 0, 5);
    this.abortedCell = new Int32Array(buffer, abortedBytes, 1);
  }

  /**
   * Worker: begins a task.
   * @returns false if the engine took it back: the worker must not run it
   */
  begin(ticket: number, since: number): boolean {
    this.numbers[sinceCell + (ticket & 1)] = since;
    this.numbers[fractionCell + (ticket & 1)] = -1;
    // First tell, then ask; `recall` does it the other way round. Whatever the timing, at least one side
    // sees the other, so a task that was taken back never runs as well.
    Atomics.store(this.cells, ticketCell, ticket);
    return isAfter(ticket, Atomics.load(this.cells, recallCell));
  }

  /** Worker: ticket of the task begun last. */
  get ticket(): number {
    return this.cells[ticketCell];
  }

  /** Worker: the task begun last has done this part of its work. */
  progress(fraction: number): void {
    this.numbers[fractionCell + (this.cells[ticketCell] & 1)] = fraction;
  }

  /**
   * Engine: takes back every task up to `ticket` that has not begun.
   * @returns the last ticket that has begun
   */
  recall(ticket: number): number {
    Atomics.store(this.cells, recallCell, ticket);
    return Atomics.load(this.cells, ticketCell);
  }

  /** Engine: tells the task begun last that it was cancelled, if its ticket is one of `first` … `last`. */
  abort(first: number, last: number): void {
    const ticket = Atomics.load(this.cells, ticketCell);
    if (isAfter(first, ticket) || isAfter(ticket, last)) return;
    Atomics.store(this.abortedCell, 0, ticket);
    Atomics.notify(this.abortedCell, 0);
  }

  /** Worker: ticket of the task that was told last that it was cancelled, 0 before the first. */
  get aborted(): number {
    return Atomics.load(this.abortedCell, 0);
  }

  /** Worker: resolves when `aborted` is no longer `seen`. */
  async abortedAfter(seen: number): Promise<void> {
    await Atomics.waitAsync(this.abortedCell, 0, seen).value;
  }

  /** Engine: the task begun last; undefined in the rare moment when it changes. */
  begun(): Begun | undefined {
    const ticket = Atomics.load(this.cells, ticketCell);
    const since = this.numbers[sinceCell + (ticket & 1)];
    const fraction = this.numbers[fractionCell + (ticket & 1)];
    return Atomics.load(this.cells, ticketCell) === ticket ? { ticket, since, fraction } : undefined;
  }
}
