import { setImmediate } from "node:timers/promises";
import { isDagbookError } from "../errors.js";
import { shown } from "./fields.js";
import { immediateHandlers, queuedHandlers } from "./handlers.js";
import type { Handler, KernelContext } from "./kernel-context.js";
import type { Content, Header, Message } from "./wire/message.js";
import { newReply } from "./wire/message.js";
import type { RequestChannel } from "./wire/sockets.js";

interface Waiting {
  readonly channel: RequestChannel;
  readonly request: Message;
  handler: Handler;
}

/** Serves requests: busy, handler, reply, idle. Those that need the main thread go one by one. */
export class RequestServer {
  readonly #kernel: KernelContext;
  readonly #send: (channel: RequestChannel, message: Message) => void;
  readonly #log: (text: string) => void;
  readonly #waiting: Waiting[] = [];
  #isServingQueue = false;
  /** Requests answered while a queued one was served, whose idle is still due. */
  #owedIdle: Header[] = [];

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
    const queued = queuedHandlers.get(request.header.msg_type);
    if (queued === undefined) {
      void this.#serveAtOnce(channel, request);
      return;
    }
    this.#waiting.push({ channel, request, handler: queued });
    if (!this.#isServingQueue) void this.#serveQueue();
  }

  /** Lets every execute request that waits, or has reached the socket, fail in its turn. */
  async abortQueued(reason: string): Promise<void> {
    await setImmediate();
    for (const waiting of this.#waiting) {
      if (waiting.request.header.msg_type === "execute_request") waiting.handler = () => aborted(reason);
    }
  }

  async #serveQueue(): Promise<void> {
    this.#isServingQueue = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await this.#kernel.interruption;
      await this.#serve(next.channel, next.request, next.handler);
      this.#isServingQueue = this.#waiting.length > 0;
      for (const header of this.#owedIdle.splice(0)) this.#kernel.iopub.status("idle", header);
      this.#kernel.iopub.status("idle", next.request.header);
    }
  }

  /**
   * A front end shows the last status it got, whatever request it belongs to. So a request answered while a
   * cell runs becomes idle only together with the cell, or the notebook would look idle in the middle of it.
   */
  async #serveAtOnce(channel: RequestChannel, request: Message): Promise<void> {
    await this.#serve(channel, request, immediateHandlers.get(request.header.msg_type) ?? this.#unknown);
    if (this.#isServingQueue) this.#owedIdle.push(request.header);
    else this.#kernel.iopub.status("idle", request.header);
  }

  async #serve(channel: RequestChannel, request: Message, handler: Handler): Promise<void> {
    this.#kernel.iopub.status("busy", request.header);
    const content = await this.#contentOf(request, handler);
    if (content !== undefined) this.#send(channel, newReply(request, content));
  }

  async #contentOf(request: Message, handler: Handler): Promise<Content | undefined> {
    try {
      return await handler(request, this.#kernel);
    } catch (error) {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      // The message of an error of ours says all; of another one, its place matters.
      this.#log(`${request.header.msg_type} failed: ${isDagbookError(error) ? message : stack}`);
      const isRequest = request.header.msg_type.endsWith("_request");
      return isRequest ? { status: "error", ename: name, evalue: message, traceback: [message] } : undefined;
    }
  }

  readonly #unknown: Handler = (request) => {
    this.#log(`unknown message type ${shown(request.header.msg_type)}`);
    return undefined;
  };
}

/** "aborted" as a status is deprecated since version 5.1 of the specification; it is an error. */
function aborted(reason: string): Content {
  const evalue = `The cell did not run because ${reason}`;
  return { status: "error", ename: "Aborted", evalue, traceback: [], execution_count: null };
}
