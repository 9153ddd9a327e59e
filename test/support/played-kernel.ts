import { MessageChannel, type MessagePort } from "node:worker_threads";
import { CellRequests } from "../../kernel/src/jupyter/cell-requests.js";
import { CellTypes } from "../../kernel/src/jupyter/cell-types.js";
import { CommManager } from "../../kernel/src/jupyter/comm-manager.js";
import { History } from "../../kernel/src/jupyter/history/history.js";
import { InputRequests } from "../../kernel/src/jupyter/input-requests.js";
import { IOPub } from "../../kernel/src/jupyter/iopub.js";
import type { KernelContext } from "../../kernel/src/jupyter/kernel-context.js";
import { MainLink } from "../../kernel/src/jupyter/main-link.js";
import type { CellEvents, ToMain, ToService } from "../../kernel/src/jupyter/port.js";
import { RecentRequests } from "../../kernel/src/jupyter/recent-requests.js";
import { RequestServer } from "../../kernel/src/jupyter/request-server.js";
import { SharedState } from "../../kernel/src/jupyter/shared-state.js";
import { Usage } from "../../kernel/src/jupyter/usage.js";
import type { Message } from "../../kernel/src/jupyter/wire/message.js";
import type { CellOutcome, ExpressionOutcome } from "../../kernel/src/session/session.js";
import type { TypeChecker } from "../../kernel/src/session/types/type-checker.js";

/** A request server without sockets, and a main thread that the test plays. */
export class PlayedKernel {
  /** What left, in order: `busy id`, `type id`, and replies as `reply id status`. */
  readonly log: string[] = [];
  /** the same messages, whole */
  readonly sent: Message[] = [];
  /** lines of the kernel's log */
  readonly lines: string[] = [];
  /** cells that the main thread was told to run */
  readonly started: string[] = [];
  /** what the main thread says to expressions; undefined: nothing */
  evaluate: ((expressions: Readonly<Record<string, string>>) => Record<string, ExpressionOutcome>) | undefined;
  readonly server: RequestServer;
  readonly kernel: KernelContext;
  readonly far: MessagePort;
  #interrupts = new AbortController();
  #onEvent: () => void = () => undefined;

  constructor({ checker }: { readonly checker?: TypeChecker } = {}) {
    const channel = new MessageChannel();
    this.far = channel.port2;
    this.far.on("message", (message: ToMain) => this.#receive(message));
    const note = (message: Message) => this.#note(message);
    const requests = new RecentRequests();
    const iopub = new IOPub(note, requests);
    const cells = new CellRequests();
    const inputs = new InputRequests(cells, note);
    const types = new CellTypes(checker);
    const events: Partial<CellEvents> = {
      stream: (cell, name, text) => iopub.stream(cell, name, text),
      display: (cell, content) => iopub.display(cell, content),
      clearOutput: (cell, wait) => iopub.clearOutput(cell, wait),
      payload: (cell, payload) => cells.addPayload(cell, payload),
      input: (cell, request) => inputs.ask(cell, request),
    };
    const main = new MainLink(channel.port1, new SharedState(), events as CellEvents);
    const history = new History(undefined, (text) => this.lines.push(text));
    const server = (): RequestServer => this.server;
    const signal = () => this.#interrupts.signal;
    let count = 1;
    this.kernel = {
      connection: { transport: "tcp", ip: "", ports: { shell: 1, iopub: 2, stdin: 3, control: 4, hb: 5 }, key: "" },
      kind: { language: "typescript", engine: "tslab" },
      main,
      iopub,
      comms: new CommManager({ publish: () => undefined, toCells: () => undefined }),
      requests,
      cells,
      inputs,
      history,
      types,
      usage: new Usage({ pool: () => undefined, childMemory: () => 0 }),
      get subshells() {
        return server().subshells;
      },
      get interruptSignal() {
        return signal();
      },
      settled: () => Promise.resolve(),
      nextCount: (counts) => (counts ? count++ : count),
      abortQueued: (reason, shell) => this.server.abortQueued(reason, shell),
      interrupt: () => Promise.resolve(),
      interruption: undefined,
      stopAfterReply: () => this.log.push("stop"),
    };
    this.server = new RequestServer(
      this.kernel,
      (_channel, message) => {
        this.sent.push(message);
        this.log.push(`reply ${parentOf(message)} ${message.content.status}`);
        this.#onEvent();
      },
      (text) => this.lines.push(text),
    );
  }

  /** A client asks on shell. */
  ask(msgType: string, id: string, content: object, subshell?: string): void {
    const addressed = subshell === undefined ? {} : { subshell_id: subshell };
    const header = { msg_id: id, session: "s", username: "u", date: "", msg_type: msgType, version: "5.3" };
    this.server.receive("shell", {
      identities: [],
      header: { ...addressed, ...header },
      parent_header: {},
      metadata: {},
      content: content as Message["content"],
      buffers: [],
    });
  }

  /** The main thread says something. */
  post(message: ToService): void {
    this.far.postMessage(message);
  }

  /** The main thread ends a cell. */
  end(cell: string, outcome: CellOutcome = { status: "ok", result: undefined }): void {
    this.post({ type: "outcome", cell, outcome });
  }

  interrupt(): void {
    this.#interrupts.abort();
    this.#interrupts = new AbortController();
  }

  /** Waits for an event after which the condition holds. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => (this.#onEvent = resolve));
  }

  /** Runs a cell with an outcome. @returns its reply, when it is idle */
  async run(id: string, content: object, outcome?: CellOutcome): Promise<Message["content"]> {
    this.ask("execute_request", id, content);
    await this.until(() => this.started.includes(id));
    this.end(id, outcome);
    await this.until(() => this.log.includes(`idle ${id}`));
    return this.reply(id);
  }

  /** Content of the reply to a request. */
  reply(id: string): Message["content"] {
    const found = this.sent.find((message) => parentOf(message) === id && message.header.msg_type.endsWith("_reply"));
    if (found === undefined) throw new Error(`there is no reply to ${id}`);
    return found.content;
  }

  close(): void {
    this.far.close();
  }

  #receive(message: ToMain): void {
    if (message.type === "execute") this.started.push(message.cell);
    if (message.type === "evaluate" && this.evaluate !== undefined) {
      this.post({ type: "answer", ask: message.ask, value: this.evaluate(message.expressions) });
    }
    this.#onEvent();
  }

  #note(message: Message): void {
    this.sent.push(message);
    const what = message.header.msg_type === "status" ? message.content.execution_state : message.header.msg_type;
    this.log.push(`${what} ${parentOf(message)}`);
    this.#onEvent();
  }
}

function parentOf(message: Message): string {
  return "msg_id" in message.parent_header ? message.parent_header.msg_id : "-";
}
