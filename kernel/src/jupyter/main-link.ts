import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { DagbookError, KeyboardInterrupt } from "../errors.js";
import { interrupted } from "../session/errors/interrupted.js";
import type { CellOutcome, CommMessage } from "../session/session.js";
import { soon } from "../soon.js";
import type { NativeReader } from "./native-reader.js";
import type { Answers, CellEvents, InputReply, Question, ToMain, ToService } from "./port.js";
import type { SharedState } from "./shared-state.js";
import { unlessAborted } from "./unless-aborted.js";

/** A main thread that has not answered a question after this time is in the middle of a cell. */
const BUSY_MS = 100;
/** Between cells it answers at once, unless a timer of a cell keeps it; loading tslab's compiler takes seconds. */
const LONGEST_MS = 5000;

/** More messages of the main thread than this are never on their way; see `SharedState.outputPosted`. */
const MAX_POSTED = 20_000;

interface Waiting {
  readonly resolve: (value: Answers[keyof Answers]) => void;
  readonly reject: (error: Error) => void;
}

/** The service thread's end of the port to the main thread. */
export class MainLink {
  /** reads what is written past Node's streams, if that is captured */
  native: NativeReader | undefined;
  readonly #port: MessagePort;
  readonly #shared: SharedState;
  readonly #events: CellEvents;
  readonly #waiting = new Map<number, Waiting>();
  readonly #running = new Map<string, (outcome: CellOutcome) => void>();
  #asked = 0;
  #newest: string | undefined;
  #interrupted: ReadonlySet<string> = new Set();

  constructor(port: MessagePort, shared: SharedState, events: CellEvents) {
    this.#port = port;
    this.#shared = shared;
    this.#events = events;
    port.on("message", (message: ToService) => this.#receive(message));
  }

  /** msg_ids of the execute requests whose cells run, the one that started last at the end. */
  get runningCells(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** The running cell that started last; if none runs, the one that ran last; undefined before the first one. */
  get newestCell(): string | undefined {
    return this.runningCells.at(-1) ?? this.#newest;
  }

  /** Takes at once what the main thread has posted so far; it may go on posting meanwhile. */
  catchUp(): void {
    for (let taken = 0; taken < MAX_POSTED; taken++) {
      const next: { message: ToService } | undefined = receiveMessageOnPort(this.#port);
      if (next === undefined) return;
      this.#receive(next.message);
    }
  }

  /** Runs a cell on the main thread; another one may start while this one awaits. */
  execute(request: { readonly cell: string; readonly code: string; readonly count: number }): Promise<CellOutcome> {
    return new Promise((resolve) => {
      this.#running.set(request.cell, resolve);
      this.#newest = request.cell;
      this.native?.wake();
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

  /** The same, for questions that nobody waits long for: undefined while a cell, or what it has left, keeps the thread busy. */
  askSoon<Q extends Question>(question: Q): Promise<Answers[Q["type"]] | undefined> {
    const answer = this.ask(question);
    if (this.#running.size > 0) return soon(answer, BUSY_MS);
    return unlessAborted(answer, AbortSignal.timeout(LONGEST_MS));
  }

  /** The cells end as interrupted, also if what is left of them comes to an end or fails by the interrupt. */
  markInterrupted(cells: readonly string[]): void {
    this.#interrupted = new Set(cells);
  }

  /** Ends those of the cells that still run as interrupted; what the main thread still makes of them is dropped. */
  settleInterrupted(cells: readonly string[]): void {
    this.native?.drain();
    for (const cell of cells) this.#settle(cell, interrupted);
  }

  /** The process of the cells ends: none of them comes to an end of its own. */
  endCells(outcome: CellOutcome): void {
    for (const cell of this.runningCells) this.#settle(cell, outcome);
  }

  #settle(cell: string, outcome: CellOutcome): void {
    const settle = this.#running.get(cell);
    this.#running.delete(cell);
    settle?.(outcome);
  }

  /** Hands a message of a front end to the comms of cells; they get it when the main thread is free. */
  comm(message: CommMessage): void {
    // Frames of zeromq cannot be handed over, so they are copied, once.
    const buffers = message.buffers.map((buffer) => new Uint8Array(buffer));
    this.#post(
      { type: "comm", message: { ...message, buffers } },
      buffers.map(({ buffer }) => buffer),
    );
  }

  #post(message: ToMain, transfer: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  #receive(message: ToService): void {
    switch (message.type) {
      case "stream":
        this.#shared.outputReceived(message.text.length);
        this.#events.stream(message.cell, message.name, message.text);
        break;
      case "native":
        this.#shared.outputReceived(message.bytes.length);
        this.native?.received(message.cell, message.name, message.bytes);
        break;
      case "display":
        this.#shared.outputReceived(message.size);
        this.#events.display(message.cell, message.content);
        break;
      case "clear":
        this.#shared.outputReceived(0);
        this.#events.clearOutput(message.cell, message.wait);
        break;
      case "payload":
        this.#events.payload(message.cell, message.payload);
        break;
      case "input":
        void this.#input(message);
        break;
      case "comm":
        this.#shared.outputReceived(message.size);
        this.#events.comm(message.cell, message.message);
        break;
      case "commTarget":
        this.#events.commTarget(message.name);
        break;
      case "typesMode":
        this.#events.typesMode(message.mode);
        break;
      case "outcome":
        this.#settle(message.cell, this.#outcomeOf(message));
        break;
      case "answer":
        this.#take(message.ask)?.resolve(message.value);
        break;
      case "refusal":
        this.#take(message.ask)?.reject(new DagbookError(message.message));
        break;
    }
  }

  async #input({ cell, request, replyTo }: ToService & { type: "input" }): Promise<void> {
    const reply: InputReply = await this.#events.input(cell, request).then(
      (value) => ({ value }),
      (error: unknown) => ({
        refusal: error instanceof Error ? error.message : String(error),
        isInterrupt: error instanceof KeyboardInterrupt,
      }),
    );
    replyTo.postMessage(reply);
    replyTo.close();
    this.#shared.inputAnswered();
  }

  #outcomeOf({ cell, outcome }: ToService & { type: "outcome" }): CellOutcome {
    const says = outcome.status === "error" && outcome.ename === interrupted.ename;
    return this.#interrupted.has(cell) && !says ? interrupted : outcome;
  }

  #take(ask: number): Waiting | undefined {
    const waiting = this.#waiting.get(ask);
    this.#waiting.delete(ask);
    return waiting;
  }
}
