import { once } from "node:events";
import { setImmediate } from "node:timers";
import { MessageChannel, type MessagePort, receiveMessageOnPort, type Transferable } from "node:worker_threads";
import { InputError, KeyboardInterrupt } from "../errors.js";
import type { CellOutcome, InputRequest, Outlet, Session } from "../session/session.js";
import { contentSize } from "./content-size.js";
import type { NativeOutput } from "./native-output.js";
import type { Answers, InputReply, ToMain, ToService } from "./port.js";
import type { SharedState } from "./shared-state.js";

/**
 * An outlet that hands what cells print and show to the service thread.
 * @param native what was written past Node's streams before goes first
 */
export function outletTo(port: MessagePort, shared: SharedState, native?: NativeOutput): Outlet {
  const post = (message: ToService, transfer: readonly Transferable[] = []) => port.postMessage(message, transfer);
  const ask = (cell: string, request: InputRequest): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    post({ type: "input", cell, request, replyTo: port2 }, [port2]);
    return port1;
  };
  const postOutput = (message: ToService & { cell: string }) => postInOrder(message, { port, shared, native });
  return {
    stream: (cell, name, text) => {
      postOutput({ type: "stream", cell, name, text });
      shared.outputPosted(text.length);
    },
    display: (cell, content) => {
      const size = contentSize(content.data);
      postOutput({ type: "display", cell, content, size });
      shared.outputPosted(size);
    },
    clearOutput: (cell, wait) => {
      postOutput({ type: "clear", cell, wait });
      shared.outputPosted(0);
    },
    payload: (cell, payload) => post({ type: "payload", cell, payload }),
    input: async (cell, request) => {
      const [reply] = (await once(ask(cell, request), "message")) as [InputReply];
      return typedIn(reply);
    },
    inputNow: (cell, request) => {
      let answered = shared.answeredInputs;
      const answers = ask(cell, request);
      for (;;) {
        const reply: { message: InputReply } | undefined = receiveMessageOnPort(answers);
        if (reply !== undefined) return typedIn(reply.message);
        shared.waitForInput(answered);
        answered = shared.answeredInputs;
      }
    },
    comm: (cell, message) => {
      const size = contentSize([message.data, message.buffers]);
      post(
        { type: "comm", cell, message, size },
        message.buffers.map(({ buffer }) => buffer as ArrayBuffer),
      );
      shared.outputPosted(size);
    },
    commTarget: (name) => post({ type: "commTarget", name }),
    typesMode: (mode) => post({ type: "typesMode", mode }),
  };
}

function typedIn(reply: InputReply): string {
  if ("value" in reply) return reply.value;
  throw reply.isInterrupt ? new KeyboardInterrupt(reply.refusal) : new InputError(reply.refusal);
}

interface OutputWay {
  readonly port: MessagePort;
  readonly shared: SharedState;
  readonly native: NativeOutput | undefined;
}

/** Posts output or the outcome of a cell, and before it what the cell has written past Node's streams. */
function postInOrder(message: ToService & { cell: string }, { port, shared, native }: OutputWay): void {
  if (native === undefined) {
    port.postMessage(message);
    return;
  }
  const sizes: number[] = [];
  native.postInOrder(
    () => port.postMessage(message),
    (name, bytes) => {
      sizes.push(bytes.length);
      port.postMessage({ type: "native", cell: message.cell, name, bytes } satisfies ToService);
    },
  );
  for (const size of sizes) shared.outputPosted(size);
}

/** The main thread's end of the port to the service thread: runs cells, answers questions about code. */
export class CellRunner {
  readonly #port: MessagePort;
  readonly #session: Session;
  readonly #shared: SharedState;
  readonly #native: NativeOutput | undefined;
  readonly #running = new Set<string>();

  constructor(port: MessagePort, session: Session, shared: SharedState, native?: NativeOutput) {
    this.#port = port;
    this.#session = session;
    this.#shared = shared;
    this.#native = native;
  }

  /** Takes messages, also those that have waited, until the process ends. */
  start(): void {
    this.#port.on("message", (message: ToMain) => this.#receive(message));
  }

  #receive(message: ToMain): void {
    if (message.type === "execute") {
      void this.#execute(message);
      return;
    }
    if (message.type === "comm") {
      this.#session.comm(message.message);
      return;
    }
    if (message.type === "evaluate") {
      void this.#evaluate(message);
      return;
    }
    if (message.type === "interrupt") {
      void this.#interrupt(message.ask, message.cells);
      return;
    }
    this.#shared.enterKernelCode();
    try {
      this.#answer(message);
    } catch (error) {
      this.#post({ type: "refusal", ask: message.ask, message: String(error) });
    }
    this.#shared.leaveKernelCode();
  }

  async #execute({ cell, code, count }: ToMain & { type: "execute" }): Promise<void> {
    this.#running.add(cell);
    const outcome = await this.#session.execute({ id: cell, code, count });
    // An interrupt that cut the cell has settled it; a late outcome has no request any more.
    if (!this.#running.has(cell)) return;
    this.#shared.enterKernelCode();
    this.#running.delete(cell);
    this.#finish(cell, outcome);
    this.#shared.leaveKernelCode();
  }

  /** Code of the user: an interrupt may cut it, and then there is no answer. */
  async #evaluate({ ask, cell, expressions }: ToMain & { type: "evaluate" }): Promise<void> {
    this.#reply(ask, await this.#session.evaluate(cell, expressions));
  }

  #finish(cell: string, outcome: CellOutcome): void {
    const way = { port: this.#port, shared: this.#shared, native: this.#native };
    try {
      postInOrder({ type: "outcome", cell, outcome }, way);
    } catch (error) {
      // A result that cannot be cloned, say a MIME bundle of the user that holds a function.
      const evalue = `The result cannot be shown: ${String(error)}`;
      this.#post({
        type: "outcome",
        cell,
        outcome: { status: "error", ename: "DisplayError", evalue, traceback: [evalue] },
      });
    }
  }

  #answer(message: Exclude<ToMain, { type: "execute" | "comm" | "evaluate" | "interrupt" }>): void {
    switch (message.type) {
      case "ping":
        this.#reply(message.ask, null);
        break;
      case "isComplete":
        this.#reply(message.ask, this.#session.isComplete(message.code));
        break;
      case "complete":
        this.#reply(message.ask, this.#session.complete(message.code, message.cursorPos));
        break;
      case "inspect":
        this.#reply(message.ask, this.#session.inspect(message.code, message.cursorPos, message.detail));
        break;
      case "writtenStack":
        this.#reply(message.ask, this.#session.writtenStack(message.stack));
        break;
    }
  }

  async #interrupt(ask: number, cells: readonly string[]): Promise<void> {
    await Promise.all(cells.filter((cell) => this.#running.has(cell)).map((cell) => this.#session.interrupt(cell)));
    // The outcomes that the session has made are posted by promise jobs, which run before this.
    setImmediate(() => {
      for (const cell of cells) this.#running.delete(cell);
      this.#reply(ask, null);
    });
  }

  #reply(ask: number, value: Answers[keyof Answers]): void {
    this.#post({ type: "answer", ask, value });
  }

  #post(message: ToService): void {
    this.#port.postMessage(message);
  }
}
