/**
 * A batch in the thread of its caller, whose other code goes on while a task awaits something.
 * @module
 */
import { arena, type TrackedBlocks } from "../memory/arena.js";
import type { Block } from "../memory/block.js";
import type { BatchMessage } from "./batch.js";
import { BatchRun, type Functions } from "./batch-run.js";
import { runInTask, type SyncTask } from "./sync-context.js";
import type { Encoded } from "./value.js";
import type { WorkerControl } from "./worker-control.js";

/**
 * Blocks of its tasks are told from others by a list, not by their owner: they are allocated in the very memory, and
 * on the very thread, of everything else. The list is open only while a task runs code of its own, which is never at
 * the same time as other code.
 */
export class SyncBatchRun extends BatchRun {
  private readonly task: SyncTask | undefined;
  private readonly made = new Set<string>();
  private tracked: TrackedBlocks | undefined;

  /** @param task hears what the tasks say about themselves; undefined if they say nothing */
  constructor(message: BatchMessage, control: WorkerControl, functions: Functions, task: SyncTask | undefined) {
    super(message, control, functions);
    this.task = task;
  }

  override isOwn(block: Block): boolean {
    return this.made.has(placeOf(block));
  }

  protected override beginTask(): void {
    this.inside(() => super.beginTask());
  }

  protected override advance(): PromiseLike<unknown> | undefined {
    const { task } = this;
    return this.inside(() => (task === undefined ? super.advance() : runInTask(task, () => super.advance())));
  }

  protected override endTask(): void {
    this.inside(() => super.endTask());
  }

  protected override dropAllocated(): void {
    this.inside(() => super.dropAllocated());
  }

  protected override encodeResult(result: unknown): Encoded {
    const encoded = super.encodeResult(result);
    const tracked = arena().swapTracked(undefined);
    for (const block of tracked?.values() ?? []) this.made.add(placeOf(block));
    arena().swapTracked(tracked);
    return encoded;
  }

  private inside<T>(work: () => T): T {
    const outer = arena().swapTracked(this.tracked);
    try {
      return work();
    } finally {
      this.tracked = arena().swapTracked(outer);
    }
  }
}

function placeOf({ memory, offset }: Block): string {
  return `${memory}:${offset}`;
}
