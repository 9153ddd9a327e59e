/**
 * One worker thread.
 *
 * It is a Piscina of one thread. Piscina starts the thread, wakes it without the delay of a port event, fails
 * what was in flight when the thread ends and keeps an idle thread from holding the process. What a larger
 * Piscina would add, choosing the thread, is what the engine does itself: it must know which worker has
 * which tasks, to see what runs, to take tasks back and to replace that worker alone.
 * @module
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, SHARE_ENV } from "node:worker_threads";
import { Piscina } from "piscina";
import { builtFile } from "../../built-file.js";
import { arena } from "../memory/arena.js";
import type { BatchMessage, BatchReply } from "./batch.js";
import type { BatchWorker, OnOutput } from "./batch-worker.js";
import { FunctionSlots } from "./function-slots.js";
import { removeSpillOfThread } from "./spill-folder.js";
import type { OutputPort, WorkerBirth } from "./worker.js";
import { type Begun, WorkerControl } from "./worker-control.js";

/** batches that a worker may have at once: it runs one while the next one waits at its door */
export const batchesPerWorker = 2;

export class PoolWorker implements BatchWorker {
  readonly functions = new FunctionSlots();
  /** true once the thread has ended; Piscina starts another, which knows none of the functions sent before */
  isLost = false;
  readonly isOwnProcess = false;
  private readonly control = new WorkerControl();
  private readonly owner = arena().newOwner();
  private readonly piscina: Piscina<BatchMessage | OutputPort, BatchReply | number>;
  /** its number, once it has answered */
  private thread: number | undefined;
  private readonly output: MessagePort;
  private readonly onOutput: OnOutput;

  /** @param journal descriptor of the `BegunJournal` of an engine in another process */
  constructor(onOutput: OnOutput, journal?: number) {
    this.onOutput = onOutput;
    const birth: WorkerBirth = { control: this.control.buffer, arena: arena().handle, owner: this.owner, journal };
    this.piscina = new Piscina({
      filename: builtFile(import.meta.url, "./worker.js").href,
      name: "work",
      workerData: birth,
      // A task reads variables as they are now, not as they were when its worker started.
      env: SHARE_ENV,
      minThreads: 1,
      maxThreads: 1,
      concurrentTasksPerWorker: batchesPerWorker + 1,
      // Not "sync": a worker that blocks between batches would also stop timers and finalizers of its tasks.
      atomics: "async",
      recordTiming: false,
    });
    this.piscina.on("workerDestroy", () => {
      this.isLost = true;
    });
    // Something that a task left behind, after its batch: no run is there to tell it to.
    this.piscina.on("error", (error: Error) => process.emitWarning(`a worker ended between tasks: ${error.message}`));
    const { port1, port2 } = new MessageChannel();
    this.output = port1;
    this.output.on("message", onOutput);
    this.output.unref();
    this.piscina
      .run({ output: port2 }, { transferList: [port2] })
      .then((id) => {
        this.thread = id as number;
      })
      .catch(() => undefined);
  }

  async run(batch: BatchMessage): Promise<BatchReply> {
    try {
      return (await this.piscina.run(batch)) as BatchReply;
    } finally {
      // Text came before the reply, but on another port, whose event would come after it.
      for (let next = receiveMessageOnPort(this.output); next !== undefined; next = receiveMessageOnPort(this.output)) {
        this.onOutput(next.message);
      }
    }
  }

  begun(): Begun | undefined {
    return this.control.begun();
  }

  recall(ticket: number): number {
    return this.control.recall(ticket);
  }

  abort(first: number, last: number): void {
    this.control.abort(first, last);
  }

  async end(): Promise<void> {
    this.output.close();
    await this.piscina.destroy();
    if (this.thread !== undefined) removeSpillOfThread(this.thread);
    arena().freeOwnedBy(this.owner);
  }
}
