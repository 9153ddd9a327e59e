/**
 * The code inside a worker thread. Piscina calls `work` once per message.
 * @module
 */
import { type MessagePort, threadId, workerData } from "node:worker_threads";
import { Arena, type ArenaHandle, useArena } from "../memory/arena.js";
import type { BatchMessage, BatchReply } from "./batch.js";
import { BatchRun } from "./batch-run.js";
import { JournaledControl } from "./begun-journal.js";
import { captureOutput } from "./capture-output.js";
import { FunctionTable } from "./function-table.js";
import { IsolatedBatchRun } from "./isolated-batch-run.js";
import { buffersOf } from "./packed-values.js";
import { useTaskContext } from "./task-context.js";
import { TaskSignals } from "./task-signal.js";
import { WorkerControl } from "./worker-control.js";

/** What a worker is born with. */
export interface WorkerBirth {
  readonly control: SharedArrayBuffer;
  readonly arena: ArenaHandle;
  /** marks the blocks that this thread allocates */
  readonly owner: number;
  /** in a child process: where it notes the tasks that it begins for the engine, which shares no memory with it */
  readonly journal: number | undefined;
}

/** The first message: where text goes that tasks print. */
export interface OutputPort {
  readonly output: MessagePort;
}

/** replies with buffers above this move them instead of copying; moving costs loading piscina here */
const moveBytes = 65_536;

const birth = workerData as WorkerBirth;
const { journal } = birth;
const control = journal === undefined ? new WorkerControl(birth.control) : new JournaledControl(birth.control, journal);
const Batch = journal === undefined ? BatchRun : IsolatedBatchRun;
const functions = new FunctionTable();
useArena(Arena.attach(birth.arena, birth.owner));
const signals = new TaskSignals(control);
useTaskContext({
  progress: (fraction) => control.progress(fraction),
  signal: () => signals.current,
  isInside: () => true,
});

let isRunning = false;
let last: Promise<unknown> = Promise.resolve();

/** The answer to the first message is the number of the thread. Runs a batch after those that came before: one task at a time, also if tasks await something. */
export function work(message: BatchMessage | OutputPort): Promise<BatchReply | number> {
  const reply = last.then<BatchReply | number>(() =>
    "output" in message ? listen(message.output) : runBatch(message),
  );
  last = reply;
  return reply;
}

function listen(output: MessagePort): number {
  captureOutput(output, () => (isRunning ? control.ticket : undefined));
  return threadId;
}

async function runBatch(message: BatchMessage): Promise<BatchReply> {
  await functions.load(message.functions);
  isRunning = true;
  const reply = await new Batch(message, control, functions).run();
  isRunning = false;
  return reply.values.inline.some(ArrayBuffer.isView) || reply.values.bytes.byteLength > moveBytes
    ? moved(reply)
    : reply;
}

async function moved(reply: BatchReply): Promise<BatchReply> {
  const { move, transferableSymbol, valueSymbol } = await import("piscina");
  const carrier: unknown = { [transferableSymbol]: buffersOf(reply.values), [valueSymbol]: reply };
  return move(carrier as Parameters<typeof move>[0]) as unknown as BatchReply;
}
