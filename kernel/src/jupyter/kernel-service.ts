import type { MessagePort } from "node:worker_threads";
import type { Run, SeenRequest } from "../dag/engine/engine.js";
import { KeyboardInterrupt } from "../errors.js";
import type { TypeChecker } from "../session/types/type-checker.js";
import { soon } from "../soon.js";
import { CellRequests } from "./cell-requests.js";
import { CellRuns } from "./cell-runs.js";
import { CellTypes } from "./cell-types.js";
import { CommManager } from "./comm-manager.js";
import { History } from "./history/history.js";
import { HistoryFolder } from "./history/history-folder.js";
import { InputRequests } from "./input-requests.js";
import { Interrupter } from "./interrupter.js";
import { IOPub } from "./iopub.js";
import type { KernelContext, KernelKind } from "./kernel-context.js";
import { MainInspector } from "./main-inspector.js";
import { MainLink } from "./main-link.js";
import type { NativeHandle } from "./native-pipes.js";
import { NativeReader } from "./native-reader.js";
import type { CellEvents } from "./port.js";
import { RecentRequests } from "./recent-requests.js";
import { RequestServer } from "./request-server.js";
import type { SharedState } from "./shared-state.js";
import type { Subshells } from "./subshells.js";
import { type PoolUsage, Usage } from "./usage.js";
import type { Connection } from "./wire/connection-file.js";
import { limitedLog } from "./wire/limited-log.js";
import type { Message } from "./wire/message.js";
import { type RequestChannel, Sockets } from "./wire/sockets.js";

/** Replies to cells that ended the process leave within milliseconds; the end does not wait longer for them. */
const LAST_REPLIES_MS = 300;

/** What a kernel service is made with. */
export interface ServiceOptions {
  readonly connection: Connection;
  readonly kind: KernelKind;
  /** port to the `CellRunner` of the main thread */
  readonly main: MessagePort;
  readonly shared: SharedState;
  /** where the cells of all sessions are kept; undefined: nowhere */
  readonly historyFolder: string | undefined;
  /** undefined: cells are not checked */
  readonly checker: TypeChecker | undefined;
  /** undefined before the engine has started */
  readonly pool: () => PoolUsage | undefined;
  readonly log: (text: string) => void;
  /** done when everything that the runs of a cell show is published */
  readonly settled: (cell: string) => Promise<void>;
  /** called when the kernel was asked to end and everything has been sent */
  readonly onStopped: () => void;
}

/** The protocol half of a kernel, on a thread of its own: it answers while cells keep the main thread busy. */
export class KernelService implements KernelContext {
  connection: Connection;
  readonly kind: KernelKind;
  readonly main: MainLink;
  readonly iopub: IOPub;
  readonly comms: CommManager;
  readonly requests = new RecentRequests();
  readonly cells = new CellRequests();
  readonly history: History;
  readonly inputs: InputRequests;
  readonly types: CellTypes;
  readonly usage: Usage;
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
  #interrupts = new AbortController();

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.connection = options.connection;
    this.kind = options.kind;
    this.iopub = new IOPub((message) => this.#send("iopub", message), this.requests);
    this.comms = new CommManager({
      publish: (msgType, content, cell, extras) => this.iopub.comm(msgType, content, cell, extras),
      toCells: (message) => this.main.comm(message),
    });
    const { historyFolder, checker, pool, log } = options;
    this.history = new History(historyFolder === undefined ? undefined : new HistoryFolder(historyFolder), log);
    this.inputs = new InputRequests(this.cells, (message) => this.#send("stdin", message));
    this.types = new CellTypes(checker);
    this.usage = new Usage({ pool, childMemory: () => this.types.memory });
    this.main = new MainLink(options.main, options.shared, this.#cellEvents());
    this.#interrupter = new Interrupter({
      main: this.main,
      inspector: this.#inspector,
      shared: options.shared,
      spare: () => this.types.pids,
    });
    this.#server = new RequestServer(this, (channel, message) => this.#send(channel, message), limitedLog(log));
  }

  get subshells(): Subshells {
    return this.#server.subshells;
  }

  get interruptSignal(): AbortSignal {
    return this.#interrupts.signal;
  }

  /** Binds the sockets of the connection and serves from then on. */
  async start(): Promise<void> {
    this.#binding = this.#bind();
    await this.#binding;
    this.iopub.status("starting", undefined);
    this.#inspector.connect();
  }

  /** Follows a run: what its tasks print goes to its cell, an interrupt of the cell stops it. */
  observe(run: Run, { cell }: SeenRequest): void {
    if (cell === undefined) return;
    this.#runs.add(run, cell);
    void this.#printOutput(run, cell);
  }

  /** From here on what is written past Node's streams is output of cells. */
  readNative(handle: NativeHandle): void {
    const { main } = this;
    main.native = new NativeReader({
      handle,
      catchUp: () => main.catchUp(),
      cell: () => main.newestCell,
      isRunning: () => main.runningCells.length > 0,
      receive: (cell, name, text) => {
        if (cell === undefined) this.#options.log(text.trimEnd());
        else this.iopub.stream(cell, name, text);
      },
    });
  }

  settled(cell: string): Promise<void> {
    return this.#options.settled(cell);
  }

  nextCount(counts: boolean): number {
    const count = this.#count;
    if (counts) this.#count += 1;
    return count;
  }

  abortQueued(reason: string, shell?: unknown): Promise<void> {
    return this.#server.abortQueued(reason, shell);
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

  /**
   * Sends what is queued and closes the sockets; may be called again while that goes on.
   * @param exitCode code with which a cell has ended the process: its client learns of it
   */
  stop(exitCode?: number): Promise<void> {
    this.#closing ??= this.#close(exitCode);
    return this.#closing;
  }

  #cellEvents(): CellEvents {
    const { iopub } = this;
    return {
      stream: (cell, name, text) => iopub.stream(cell, name, text),
      display: (cell, content) => iopub.display(cell, content),
      clearOutput: (cell, wait) => iopub.clearOutput(cell, wait),
      payload: (cell, payload) => this.cells.addPayload(cell, payload),
      input: (cell, request) => this.inputs.ask(cell, request),
      comm: (cell, message) => this.comms.fromCell(cell, message),
      commTarget: (name) => this.comms.registerCellTarget(name),
      typesMode: (mode) => {
        this.types.mode = mode;
      },
    };
  }

  async #bind(): Promise<void> {
    const log = limitedLog(this.#options.log);
    this.#sockets = await Sockets.bind(this.connection, {
      onRequest: (channel, request) => this.#server.receive(channel, request),
      onError: (error) => log(String(error)),
    });
    this.connection = this.#sockets.connection;
  }

  async #close(exitCode: number | undefined): Promise<void> {
    this.main.catchUp();
    this.main.native?.close();
    // First: a reply may wait for what it finds.
    this.types.close();
    if (exitCode !== undefined) await this.#endCells(exitCode);
    this.iopub.flush();
    this.#inspector.disconnect();
    this.inputs.close();
    await this.history.written();
    await this.#binding?.catch(() => undefined);
    await this.#sockets?.close();
    this.#sockets = undefined;
    this.#options.shared.markClosed();
  }

  async #endCells(exitCode: number): Promise<void> {
    const evalue = `The cell ended the kernel with exit code ${exitCode}`;
    this.main.endCells({ status: "error", ename: "KernelExit", evalue, traceback: [`KernelExit: ${evalue}`] });
    await soon(this.#server.idle(), LAST_REPLIES_MS);
  }

  async #interrupt(): Promise<void> {
    const cells = this.main.runningCells;
    this.main.markInterrupted(cells);
    this.#interrupts.abort();
    this.#interrupts = new AbortController();
    for (const cell of cells) {
      this.#runs.cancel(cell, "the cell was interrupted");
      this.inputs.cancel(cell, new KeyboardInterrupt("The cell was interrupted"));
    }
    await this.abortQueued("the kernel was interrupted");
    if (await this.#interrupter.interrupt(cells)) return;
    const stuck = "Stop has no effect: the cell is in native code that nothing can interrupt. Restart the kernel.";
    this.#options.log(stuck);
    for (const cell of cells) this.iopub.stream(cell, "stderr", `${stuck}\n`);
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
