import { setImmediate } from "node:timers";
import type { MessagePort } from "node:worker_threads";
import type { CellOutcome, Outlet, Session } from "../session/session.js";
import type { Answers, ToMain, ToService } from "./port.js";
import type { SharedState } from "./shared-state.js";

/** An outlet that hands what cells print and show to the service thread. */
export function outletTo(port: MessagePort, shared: SharedState): Outlet {
  const post = (message: ToService) => port.postMessage(message);
  return {
    stream: (cell, name, text) => {
      post({ type: "stream", cell, name, text });
      shared.outputPosted(text.length);
    },
    display: (cell, content) => post({ type: "display", cell, content }),
    clearOutput: (cell, wait) => post({ type: "clear", cell, wait }),
  };
}

/** The main thread's end of the port to the service thread: runs cells, answers questions about code. */
export class CellRunner {
  readonly #port: MessagePort;
  readonly #session: Session;
  readonly #shared: SharedState;
  #running: string | undefined;

  constructor(port: MessagePort, session: Session, shared: SharedState) {
    this.#port = port;
    this.#session = session;
    this.#shared = shared;
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
    this.#shared.enterKernelCode();
    try {
      this.#answer(message);
    } catch (error) {
      this.#post({ type: "refusal", ask: message.ask, message: String(error) });
    }
    this.#shared.leaveKernelCode();
  }

  async #execute({ cell, code, count }: ToMain & { type: "execute" }): Promise<void> {
    this.#running = cell;
    const outcome = await this.#session.execute({ id: cell, code, count });
    // An interrupt that cut the cell has settled it; a late outcome has no request any more.
    if (this.#running !== cell) return;
    this.#shared.enterKernelCode();
    this.#running = undefined;
    this.#finish(cell, outcome);
    this.#shared.leaveKernelCode();
  }

  #finish(cell: string, outcome: CellOutcome): void {
    try {
      this.#post({ type: "outcome", cell, outcome });
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

  #answer(message: Exclude<ToMain, { type: "execute" }>): void {
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
      case "interrupt":
        this.#interrupt(message.ask, message.cell);
        break;
    }
  }

  #interrupt(ask: number, cell: string | undefined): void {
    if (this.#running === cell && cell !== undefined) this.#session.interrupt();
    // The outcome that the session now makes is posted by promise jobs, which run before this.
    setImmediate(() => {
      if (this.#running === cell) this.#running = undefined;
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
