/**
 * What a `WorkerSlot` needs of a worker, wherever its tasks run: a thread of this process, or one of a child process.
 * @module
 */
import type { BatchMessage, BatchReply, OutputMessage } from "./batch.js";
import type { FunctionSlots } from "./function-slots.js";
import type { Begun } from "./worker-control.js";

/** Hears what tasks print; always before the reply of their batch. */
export type OnOutput = (message: OutputMessage) => void;

/** Starts a worker. Never throws: a worker that cannot start fails its first batch. */
export type MakeWorker = (onOutput: OnOutput) => BatchWorker;

export interface BatchWorker {
  /** the functions that it was sent */
  readonly functions: FunctionSlots;
  /** true once it has ended by itself: it knows none of its functions any more, and must be replaced */
  readonly isLost: boolean;
  /** true if it has a process, and memory, of its own */
  readonly isOwnProcess: boolean;
  /**
   * Runs a batch after those that came before.
   * @throws if the worker ended before the reply came
   */
  run(batch: BatchMessage): Promise<BatchReply>;
  /** The task begun last, also when the worker has ended; undefined in the rare moment when it changes. */
  begun(): Begun | undefined;
  /**
   * Takes back every task up to `ticket` that has not begun.
   * @returns the last ticket that has begun; a promise if the answer takes its time
   */
  recall(ticket: number): number | Promise<number>;
  /** Tells the running task that it was cancelled, if its ticket is one of `first` … `last`. */
  abort(first: number, last: number): void;
  /** Ends the worker, whatever it does; batches in flight fail, and what it allocated and never returned is freed. */
  end(): Promise<void>;
}
