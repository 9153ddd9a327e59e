import type { MessagePort } from "node:worker_threads";
import { DagbookError } from "../errors.js";
import { interrupted } from "../session/errors/interrupted.js";
import type { CellOutcome, Outlet } from "../session/session.js";
import type { Answers, Question, ToMain, ToService } from "./port.js";
import type { SharedState } from "./shared-state.js";

interface Waiting {
  readonly resolve: (value: Answers[keyof Answers]) => void;
  readonly reject: (error: Error) => void;
}

/** The service thread's end of the port to the main thread. */
export class MainLink {
  readonly #port: MessagePort;
  readonly #shared: SharedState;
  readonly #outlet: Outlet;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #interruptedCell: string | undefined;
  #running: { readonly cell: string; readonly settle: (outcome: CellOutcome) => void } | undefined;

  constructor(port: MessagePort, shared: SharedState, outlet: Outlet) {
    this.#port = port;
    this.#shared = shared;
    this.#outlet = outlet;
    port.on("message", (message: ToService) => this.#receive(message));
  }

  /** msg_id of the execute request whose cell runs. */
  get runningCell(): string | undefined {
    return this.#running?.cell;
  }

  /** Runs a cell on the main thread; cells are run one at a time by the caller. */
  execute(request: { readonly cell: string; readonly code: string; readonly count: number }): Promise<CellOutcome> {
    return new Promise((resolve) => {
      this.#running = {
        cell: request.cell,
        settle: (outcome) => {
          this.#running = undefined;
          resolve(outcome);
        },
      };
      this.#post({ type: "execute", ...request });
    });
  }

  /** The main thread's answer; it comes when the thread is free. */
  ask<Q extends Question>(question: Q): Promise<Answers[Q["type"]]> {
    this.#asked += 1;
    const ask = this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ask, { resolve: (value) => resolve(value as Answers[Q["type"]]), reject });
      this.#post({ ...question, ask });
    });
  }

  /** The cell ends as interrupted, also if what is left of it comes to an end or fails by the interrupt. */
  markInterrupted(cell: string | undefined): void {
    this.#interruptedCell = cell;
  }

  /** Ends a cell, if it still runs, as interrupted; what the main thread still makes of it is dropped. */
  settleInterrupted(cell: string | undefined): void {
    if (this.#running?.cell === cell) this.#running?.settle(interrupted);
  }

  #post(message: ToMain): void {
    this.#port.postMessage(message);
  }

  #receive(message: ToService): void {
    switch (message.type) {
      case "stream":
        this.#shared.outputReceived(message.text.length);
        this.#outlet.stream(message.cell, message.name, message.text);
        break;
      case "display":
        this.#outlet.display(message.cell, message.content);
        break;
      case "clear":
        this.#outlet.clearOutput(message.cell, message.wait);
        break;
      case "outcome":
        if (this.#running?.cell === message.cell) this.#running.settle(this.#outcomeOf(message));
        break;
      case "answer":
        this.#take(message.ask)?.resolve(message.value);
        break;
      case "refusal":
        this.#take(message.ask)?.reject(new DagbookError(message.message));
        break;
    }
  }

  #outcomeOf({ cell, outcome }: ToService & { type: "outcome" }): CellOutcome {
    const says = outcome.status === "error" && outcome.ename === interrupted.ename;
    return cell === this.#interruptedCell && !says ? interrupted : outcome;
  }

  #take(ask: number): Waiting | undefined {
    const waiting = this.#waiting.get(ask);
    this.#waiting.delete(ask);
    return waiting;
  }
}
