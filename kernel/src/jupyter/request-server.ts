import { setImmediate } from "node:timers/promises";
import { isDagbookError } from "../errors.js";
import { shown } from "./fields.js";
import { execute } from "./handlers/execute.js";
import { handlers } from "./handlers.js";
import type { Handler, KernelContext } from "./kernel-context.js";
import type { QueuedCell } from "./shell-queue.js";
import { Subshells } from "./subshells.js";
import { type Content, type Header, type Message, newReply } from "./wire/message.js";
import type { RequestChannel } from "./wire/sockets.js";

/** Serves requests: busy, handler, reply, idle. Cells run one at a time in each shell, all else is served at once. */
export class RequestServer {
  readonly subshells = new Subshells((cell) => this.#serve(cell));
  readonly #kernel: KernelContext;
  readonly #send: (channel: RequestChannel, message: Message) => void;
  readonly #log: (text: string) => void;
  readonly #serving = new Set<Promise<void>>();
  #runningCells = 0;

  constructor(
    kernel: KernelContext,
    send: (channel: RequestChannel, message: Message) => void,
    log: (text: string) => void,
  ) {
    this.#kernel = kernel;
    this.#send = send;
    this.#log = log;
  }

  receive(channel: RequestChannel, request: Message): void {
    const type = request.header.msg_type;
    if (type === "input_reply" && channel === "stdin") this.#kernel.inputs.received(request);
    else if (type === "execute_request") this.#queue(channel, request);
    else void this.#serveAtOnce(channel, request, handlers.get(type) ?? this.#unknown);
  }

  /**
   * Lets every execute request that waits, or has reached the socket, fail in its turn.
   * @param shell id of the subshell, null: of the main shell; undefined: in all of them
   */
  async abortQueued(reason: string, shell?: unknown): Promise<void> {
    await setImmediate();
    this.subshells.abort(reason, shell);
  }

  /** Done when the cells that run now have got their replies and are idle. */
  async idle(): Promise<void> {
    await Promise.all(this.#serving);
  }

  async #serve(cell: QueuedCell): Promise<void> {
    const served = this.#serveCell(cell);
    this.#serving.add(served);
    await served;
    this.#serving.delete(served);
  }

  #queue(channel: RequestChannel, request: Message): void {
    try {
      this.subshells.queueOf(request.header).add(channel, request);
    } catch (error) {
      void this.#serveAtOnce(channel, request, () => Promise.reject(error));
    }
  }

  async #serveCell(cell: QueuedCell): Promise<void> {
    await this.#kernel.interruption;
    const { channel, request, aborted: reason } = cell;
    this.#runningCells += 1;
    this.#kernel.iopub.status("busy", request.header);
    const started = new Date().toISOString();
    let isAnswered = false;
    const reply = (content: Content) => {
      if (!isAnswered)
        this.#reply(channel, request, content, { started, dependencies_met: true, status: content.status });
      isAnswered = true;
    };
    try {
      if (reason !== undefined) reply(aborted(reason));
      else await execute(request, this.#kernel, reply);
    } catch (error) {
      reply(this.#failure(request, error));
    }
    this.#runningCells -= 1;
    this.#idle(request.header);
  }

  async #serveAtOnce(channel: RequestChannel, request: Message, handler: Handler): Promise<void> {
    this.#kernel.iopub.status("busy", request.header);
    const content = await this.#contentOf(request, handler);
    if (content !== undefined) this.#reply(channel, request, content);
    this.#idle(request.header);
  }

  /**
   * A front end shows the last status it got, whatever request it belongs to, and waits with what it asked until
   * the request is idle. So while a cell runs, the idle of another request is followed by a busy that belongs to
   * none: else the notebook would look idle in the middle of the cell.
   */
  #idle(header: Header): void {
    this.#kernel.iopub.status("idle", header);
    if (this.#runningCells > 0) this.#kernel.iopub.status("busy", undefined);
  }

  async #contentOf(request: Message, handler: Handler): Promise<Content | undefined> {
    try {
      // A message of a comm may come after its subshell was deleted, on another channel; it is served all the same.
      if (isRequest(request)) this.subshells.queueOf(request.header);
      return await handler(request, this.#kernel);
    } catch (error) {
      const failure = this.#failure(request, error);
      return isRequest(request) ? failure : undefined;
    }
  }

  #failure(request: Message, error: unknown): Content {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    // The message of an error of ours says all; of another one, its place matters.
    this.#log(`${request.header.msg_type} failed: ${isDagbookError(error) ? message : stack}`);
    return { status: "error", ename: name, evalue: message, traceback: [message] };
  }

  #reply(channel: RequestChannel, request: Message, content: Content, metadata: Content = {}): void {
    this.#send(channel, newReply(request, content, metadata));
  }

  readonly #unknown: Handler = (request) => {
    this.#log(`unknown message type ${shown(request.header.msg_type)}`);
    return undefined;
  };
}

function isRequest(request: Message): boolean {
  return request.header.msg_type.endsWith("_request");
}

/** "aborted" as a status is deprecated since version 5.1 of the specification; it is an error. */
function aborted(reason: string): Content {
  const evalue = `The cell did not run because ${reason}`;
  return { status: "error", ename: "Aborted", evalue, traceback: [], execution_count: null };
}
