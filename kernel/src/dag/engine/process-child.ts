/**
 * The code of a child process: it hosts one worker thread and passes on what the engine and the thread say to each
 * other. Its main thread runs no task, so it answers, and ends with its parent, whatever the task does.
 * @module
 */
import type { ShippedFunction } from "../functions/shipped.js";
import { Arena, arena, useArena } from "../memory/arena.js";
import type { BatchReply, FunctionDelivery } from "./batch.js";
import { carry, land } from "./carried-values.js";
import { now } from "./clock.js";
import { errorData, messageOf } from "./error-data.js";
import { packValues, unpackValues } from "./packed-values.js";
import { PoolWorker } from "./pool-worker.js";
import { deserializePrivately } from "./private-deserializer.js";
import {
  type CarriedBatch,
  type FromProcess,
  type FunctionBytes,
  JOURNAL_DESCRIPTOR,
  type ToProcess,
  unplacedReply,
} from "./process-messages.js";
import { adoptBlocks, releaseEncoded } from "./value.js";

/** between two looks at the thread: whether it is there, and how far its task is */
const LOOK_MS = 50;

useArena(Arena.create({ limitBytes: Number(process.argv[2]) }));
// The parent is gone, in whatever way. Not exit(): it waits for a thread that may be busy in native code.
const endWithParent = (): boolean => process.kill(process.pid, "SIGKILL");
process.on("disconnect", endWithParent);
// It may have gone while this file was loading.
if (!process.connected) endWithParent();
// Where processes have no groups, Ctrl-C reaches all of a terminal; what it means for tasks says the engine.
process.on("SIGINT", () => undefined);

const worker = new PoolWorker((message) => send({ kind: "output", message }), JOURNAL_DESCRIPTOR);
let running = 0;
let told = { ticket: 0, fraction: -1 };

process.on("message", (message: ToProcess) => {
  switch (message.kind) {
    case "batch":
      void run(message.batch);
      break;
    case "recall":
      send({ kind: "recalled", begun: worker.recall(message.ticket) });
      break;
    case "abort":
      worker.abort(message.first, message.last);
      break;
  }
});
setInterval(look, LOOK_MS);

async function run({ functions, values, ...batch }: CarriedBatch): Promise<void> {
  const { ticket } = batch;
  if (worker.isLost) {
    lost("its thread ended between tasks");
    return;
  }
  let own: ReturnType<typeof land>;
  try {
    own = land(values, arena());
  } catch (error) {
    reply(ticket, { ...unplacedReply(errorData(error), now()), values: packValues([]) });
    return;
  }
  running += 1;
  try {
    reply(ticket, await worker.run({ ...batch, values: own, functions: functions.map(deliveryOf) }));
  } catch (error) {
    lost(messageOf(error));
  } finally {
    running -= 1;
    for (const value of unpackValues(own)) releaseEncoded(value);
  }
}

/** Sends the values as bytes; nothing of them stays here. */
function reply(ticket: number, reply: BatchReply): void {
  const values = unpackValues(reply.values);
  adoptBlocks(values);
  const message = { kind: "reply", ticket, reply: { ...reply, values: carry(reply.values, arena()) } } as const;
  try {
    send(message);
  } catch {
    // Something in the fields of the error, as a SharedArrayBuffer.
    const failure = reply.failure && { ...reply.failure, error: { ...reply.failure.error, fields: {}, hidden: {} } };
    send({ ...message, reply: { ...message.reply, ...(failure && { failure }) } });
  }
  for (const value of values) releaseEncoded(value);
}

function deliveryOf(delivery: FunctionBytes): FunctionDelivery {
  if ("refused" in delivery) return delivery;
  return { slot: delivery.slot, shipped: deserializePrivately(delivery.bytes) as ShippedFunction };
}

/** The journal says which task ran. The engine starts another process: a new thread here would know no functions. */
function lost(reason: string): void {
  send({ kind: "lost", reason });
}

function look(): void {
  if (worker.isLost && running === 0) lost("its thread ended between tasks");
  const begun = running > 0 ? worker.begun() : undefined;
  if (begun === undefined || begun.fraction < 0) return;
  const { ticket, fraction } = begun;
  if (ticket === told.ticket && fraction === told.fraction) return;
  told = { ticket, fraction };
  send({ kind: "progress", ...told });
}

function send(message: FromProcess): void {
  if (process.connected) process.send?.(message, undefined, {}, () => undefined);
}
