import type { MessagePort } from "node:worker_threads";
import type { Run, RunRequest } from "../dag/engine/engine.js";
import { InputError } from "../errors.js";
import { CellRuns } from "./cell-runs.js";
import { CommManager } from "./comm-manager.js";
import { Interrupter } from "./interrupter.js";
import { IOPub } from "./iopub.js";
import type { KernelContext, KernelKind } from "./kernel-context.js";
import { MainInspector } from "./main-inspector.js";
import { MainLink } from "./main-link.js";
import type { CellEvents } from "./port.js";
import { RecentRequests } from "./recent-requests.js";
import { RequestServer } from "./request-server.js";
import type { SharedState } from "./shared-state.js";
import type { Connection } from "./wire/connection-file.js";
import type { Message } from "./wire/message.js";
import { type RequestChannel, Sockets } from "./wire/sockets.js";

/** What a kernel service is made with. */
export interface ServiceOptions {
  readonly connection: Connection;
  readonly kind: KernelKind;
  /** port to the `CellRunner` of the main thread */
  readonly main: MessagePort;
  readonly shared: SharedState;
  readonly log: (text: string) => void;
  /** done when everything that the runs of a cell show is published */
  readonly settled: (cell: string) => Promise<void>;
  /** called when the kernel was asked to end and everything has been sent */
  readonly onStopped: () => void;
}

/** The protocol half of a kernel, on a thread of its own: it answers while cells keep the main thread busy. */
export class KernelService implements KernelContext {
  readonly connection: Connection;
  readonly kind: KernelKind;
  readonly main: MainLink;
  readonly iopub: IOPub;
  readonly comms: CommManager;
  readonly requests = new RecentRequests();
  interruption: Promise<void> | undefined;
  readonly #options: ServiceOptions;
  readonly #runs = new CellRuns();
  readonly #inspector = new MainInspector();
  readonly #interrupter: Interrupter;
  readonly #server: RequestServer;
  #binding: Promise<void> | undefined;
  #sockets: Sockets | undefined;
  #closing: Promise<void> | undefined;
  #count = 1;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.connection = options.connection;
    this.kind = options.kind;
    this.iopub = new IOPub((message) => this.#send("iopub", message), this.requests);
    this.comms = new CommManager((msgType, content) => this.iopub.publish(msgType, content, undefined));
    this.main = new MainLink(options.main, options.shared, this.#cellEvents());
    this.#interrupter = new Interrupter(this.main, this.#inspector, options.shared);
    this.#server = new RequestServer(this, (channel, message) => this.#send(channel, message), options.log);
  }

  /** Binds the sockets of the connection and serves from then on. */
  async start(): Promise<void> {
    this.#binding = this.#bind();
    await this.#binding;
    this.iopub.status("starting", undefined);
    this.#inspector.connect();
  }

  /** Follows a run: what its tasks print goes to its cell, an interrupt of the cell stops it. */
  observe(run: Run, { cell }: RunRequest): void {
    if (cell === undefined) return;
    this.#runs.add(run, cell);
    void this.#printOutput(run, cell);
  }

  settled(cell: string): Promise<void> {
    return this.#options.settled(cell);
  }

  nextCount(counts: boolean): number {
    const count = this.#count;
    if (counts) this.#count += 1;
    return count;
  }

  abortQueued(reason: string): Promise<void> {
    return this.#server.abortQueued(reason);
  }

  interrupt(): Promise<void> {
    this.interruption ??= this.#interrupt().finally(() => {
      this.interruption = undefined;
    });
    return this.interruption;
  }

  stopAfterReply(): void {
    setImmediate(() => void this.stop().then(this.#options.onStopped));
  }

  /** Sends what is queued and closes the sockets; may be called again while that goes on. */
  stop(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #cellEvents(): CellEvents {
    const { iopub } = this;
    return {
      stream: (cell, name, text) => iopub.stream(cell, name, text),
      display: (cell, content) => iopub.display(cell, content),
      clearOutput: (cell, wait) => iopub.clearOutput(cell, wait),
      payload: () => undefined,
      input: () => Promise.reject(new InputError("This kernel does not ask yet")),
      comm: () => undefined,
      commTarget: () => undefined,
      typesMode: () => undefined,
    };
  }

  async #bind(): Promise<void> {
    this.#sockets = await Sockets.bind(this.connection, {
      onRequest: (channel, request) => this.#server.receive(channel, request),
      onError: (error) => this.#options.log(String(error)),
    });
  }

  async #close(): Promise<void> {
    this.iopub.flush();
    this.#inspector.disconnect();
    await this.#binding?.catch(() => undefined);
    await this.#sockets?.close();
    this.#sockets = undefined;
    this.#options.shared.markClosed();
  }

  async #interrupt(): Promise<void> {
    const cells = this.main.runningCells;
    this.main.markInterrupted(cells);
    for (const cell of cells) this.#runs.cancel(cell, "the cell was interrupted");
    await this.abortQueued("the kernel was interrupted");
    if (await this.#interrupter.interrupt(cells)) return;
    this.#options.log("the running cell cannot be interrupted: restart the kernel");
  }

  async #printOutput(run: Run, cell: string): Promise<void> {
    for await (const event of run.events) {
      if (event.type === "output") this.iopub.stream(cell, event.name, event.text);
    }
  }

  /** What cannot be written as JSON (a circular bundle, a BigInt) is logged, not sent. */
  #send(channel: RequestChannel | "iopub", message: Message): void {
    try {
      this.#sockets?.send(channel, message);
    } catch (error) {
      this.#options.log(`${message.header.msg_type} was not sent: ${String(error)}`);
    }
  }
}
