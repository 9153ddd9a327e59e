/**
 * One worker in a child process, with memory of its own: what its tasks do to memory, or to their process, harms no
 * other. The price is that values are copied through a pipe, arrays too.
 * @module
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { serialize } from "node:v8";
import { builtFile } from "../../built-file.js";
import { WorkerError } from "../../errors.js";
import { Arena, arena } from "../memory/arena.js";
import type { BatchMessage, BatchReply, FunctionDelivery } from "./batch.js";
import type { BatchWorker, OnOutput } from "./batch-worker.js";
import { BegunJournal } from "./begun-journal.js";
import { carry, land, threadsOnly } from "./carried-values.js";
import { now } from "./clock.js";
import { errorData, messageOf } from "./error-data.js";
import { FunctionSlots } from "./function-slots.js";
import { packValues } from "./packed-values.js";
import {
  type CarriedReply,
  type FromProcess,
  type FunctionBytes,
  type ToProcess,
  unplacedReply,
} from "./process-messages.js";
import { removeSpillOfProcess } from "./spill-folder.js";
import type { Begun } from "./worker-control.js";

interface Waiting {
  readonly resolve: (reply: BatchReply) => void;
  readonly reject: (error: WorkerError) => void;
}

/** Flags of this process that make no sense, or harm, in another one: what it runs instead of a file, its debugger, its reports. */
const OWN_FLAGS =
  /^(?:-[epic]|-pe|--(?:eval|print|check|interactive|input-type|inspect\S*|debug\S*|watch\S*|test\S*|(?:cpu|heap)-prof\S*))(?:=|$)/;

export class ProcessWorker implements BatchWorker {
  readonly functions = new FunctionSlots();
  isLost = false;
  readonly isOwnProcess = true;
  private readonly onOutput: OnOutput;
  private readonly owner = arena().newOwner();
  /** marks what comes from the child as a thread marks what it allocates */
  private readonly arena = Arena.attach(arena().handle, this.owner);
  /** by the ticket of the batch */
  private readonly waiting = new Map<number, Waiting>();
  private readonly recalls: ((begun: number) => void)[] = [];
  private progress = { ticket: 0, fraction: -1 };
  private journal: BegunJournal | undefined;
  private child: ChildProcess | undefined;
  private gone: Promise<void> = Promise.resolve();
  private reason: string | undefined;

  constructor(onOutput: OnOutput) {
    this.onOutput = onOutput;
    try {
      this.start();
    } catch (error) {
      this.lost(`no child process could be started: ${messageOf(error)}`);
    }
  }

  async run(batch: BatchMessage): Promise<BatchReply> {
    if (this.reason !== undefined) throw new WorkerError(this.reason);
    const { ticket } = batch;
    const reply = new Promise<BatchReply>((resolve, reject) => this.waiting.set(ticket, { resolve, reject }));
    const functions = batch.functions.map(bytesOfFunction);
    this.send({ kind: "batch", batch: { ...batch, functions, values: carry(batch.values, this.arena) } });
    return reply;
  }

  begun(): Begun | undefined {
    const begun = this.journal?.read();
    const { ticket, fraction } = this.progress;
    return begun && { ...begun, fraction: ticket === begun.ticket ? fraction : -1 };
  }

  recall(ticket: number): Promise<number> {
    return new Promise((resolve) => {
      this.recalls.push(resolve);
      this.send({ kind: "recall", ticket });
    });
  }

  abort(first: number, last: number): void {
    this.send({ kind: "abort", first, last });
  }

  async end(): Promise<void> {
    // Whoever waits for this end is not to run out of things to wait for.
    this.child?.ref();
    this.child?.channel?.ref();
    this.child?.kill("SIGKILL");
    this.lost("it was ended");
    await this.gone;
    if (this.child?.pid !== undefined) removeSpillOfProcess(this.child.pid);
    this.journal?.close();
    arena().freeOwnedBy(this.owner);
  }

  private start(): void {
    this.journal = new BegunJournal();
    const file = fileURLToPath(builtFile(import.meta.url, "./process-child.js"));
    const child = fork(file, [String(arena().limit)], {
      serialization: "advanced",
      stdio: ["ignore", "inherit", "inherit", "ipc", this.journal.descriptor],
      execArgv: ownFlagsRemoved(process.execArgv),
      // A group of its own: Ctrl-C, and Stop in a kernel, are for the parent, which says what they mean for tasks.
      detached: process.platform !== "win32",
    });
    this.child = child;
    // The runs keep a process alive, idle workers do not.
    child.unref();
    child.channel?.unref();
    child.on("message", (message: FromProcess) => this.received(message));
    this.gone = new Promise((resolve) => {
      let open = 2;
      const over = (): void => {
        open -= 1;
        if (open > 0) return;
        this.lost(howItEnded(child));
        resolve();
      };
      child.once("exit", over);
      // After the last message.
      child.once("disconnect", over);
      child.once("error", (error) => {
        this.lost(`no child process could be started: ${error.message}`);
        if (child.pid === undefined) resolve();
      });
    });
  }

  private received(message: FromProcess): void {
    switch (message.kind) {
      case "reply":
        this.replied(message.ticket, message.reply);
        break;
      case "output":
        this.onOutput(message.message);
        break;
      case "recalled":
        this.recalls.shift()?.(message.begun);
        break;
      case "progress":
        this.progress = message;
        break;
      case "lost":
        this.lost(message.reason);
        break;
    }
  }

  private replied(ticket: number, reply: CarriedReply): void {
    const waiting = this.waiting.get(ticket);
    this.waiting.delete(ticket);
    if (waiting === undefined) return;
    try {
      waiting.resolve({ ...reply, values: land(reply.values, this.arena) });
    } catch (error) {
      waiting.resolve({ ...unplacedReply(errorData(error), now()), values: packValues([]) });
    }
  }

  private lost(reason: string): void {
    this.reason ??= reason;
    this.isLost = true;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(new WorkerError(this.reason));
  }

  private send(message: ToProcess): void {
    // What was sent to a child that is gone is answered by its end.
    if (this.child?.connected) this.child.send(message, () => undefined);
  }
}

function bytesOfFunction(delivery: FunctionDelivery): FunctionBytes {
  if ("refused" in delivery) return delivery;
  const { slot, shipped } = delivery;
  try {
    return { slot, bytes: serialize(shipped) };
  } catch {
    return { slot, refused: errorData(threadsOnly(`what the function ${shipped.name} captured`)) };
  }
}

/** Flags and, where they stand apart, their values. */
function ownFlagsRemoved(flags: readonly string[]): string[] {
  return flags.filter((flag, i) => {
    const before = flags[i - 1];
    const isValue = !flag.startsWith("-") && before !== undefined && OWN_FLAGS.test(before) && !before.includes("=");
    return !isValue && !OWN_FLAGS.test(flag);
  });
}

function howItEnded({ exitCode, signalCode }: ChildProcess): string {
  return signalCode === null ? `its process exited with code ${exitCode}` : `its process was ended by ${signalCode}`;
}
