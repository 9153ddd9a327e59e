import { clipped } from "../../../clipped.js";

/** Deaths in so short a time are no accident: the program, or what it is asked, kills it. */
const QUICK_MS = 60_000;
/** So many deaths in that time, and it is left alone for a while. */
const MAX_DEATHS = 3;
const PAUSE_MS = 300_000;
const MAX_REASON = 300;
/** One that nobody has asked for so long gives back its 60 MB; it comes again within 0.2 s. */
const IDLE_MS = 600_000;

/** A process that answers questions. */
export interface KeptServer {
  readonly pid: number | undefined;
  readonly hasEnded: boolean;
  /** it did not answer in time and was ended for that */
  readonly isStuck: boolean;
  kill(): void;
}

/** What a keeper needs. */
export interface KeeperOptions<S extends KeptServer> {
  /** @throws {Error} if the native program is missing */
  readonly start: () => Promise<S>;
  /** what a new one must be told before it can answer */
  readonly prepare: (server: S) => Promise<void>;
  readonly log: (text: string) => void;
  /** milliseconds of any clock that only goes forward */
  readonly now: () => number;
  /** see `IDLE_MS` */
  readonly idleMs?: number;
}

/**
 * Keeps a checker at hand: starts it when somebody asks, asks one question after the other, and replaces one that
 * died or hung; one that nobody asks is ended. A question without an answer is no error: types are advice.
 */
export class ServerKeeper<S extends KeptServer> {
  readonly #options: KeeperOptions<S>;
  #server: S | undefined;
  #isPrepared = false;
  #hasAnswered = false;
  #last: Promise<unknown> = Promise.resolve();
  #deaths: readonly number[] = [];
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #hasRefused = false;
  #isClosed = false;
  #waiting = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: KeeperOptions<S>) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#server?.pid;
  }

  /** True while one that has answered is there. */
  get isWarm(): boolean {
    return this.#hasAnswered && this.#server !== undefined && !this.#server.hasEnded;
  }

  /** The answer to a question; nothing if no checker can give it. Never rejects. */
  ask<T>(question: (server: S) => Promise<T>): Promise<T | undefined> {
    clearTimeout(this.#idle);
    this.#waiting += 1;
    const answer = this.#last.then(() => this.#answer(question));
    this.#last = answer.then(() => this.#rest());
    return answer;
  }

  /** Ends the process at once, and whoever waits gets no answer. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#idle);
    this.#server?.kill();
  }

  /** Ends the process, unless it is asked something, until the next question. */
  sleep(): void {
    if (this.#waiting > 0) return;
    this.#server?.kill();
    this.#server = undefined;
  }

  #rest(): void {
    this.#waiting -= 1;
    if (this.#waiting > 0 || this.#isClosed) return;
    this.#idle = setTimeout(() => this.sleep(), this.#options.idleMs ?? IDLE_MS);
    // A thread that has nothing else to do ends, and the process with it.
    this.#idle.unref();
  }

  async #answer<T>(question: (server: S) => Promise<T>): Promise<T | undefined> {
    // Once more: that the process had died is noticed only when it is asked.
    for (let attempt = 0; attempt < 2; attempt++) {
      const server = await this.#running();
      if (server === undefined) return undefined;
      try {
        if (!this.#isPrepared) await this.#options.prepare(server);
        this.#isPrepared = true;
        const answer = await question(server);
        this.#hasAnswered = true;
        return answer;
      } catch (error) {
        if (this.#isPrepared && !server.hasEnded && !server.isStuck) {
          this.#noteRefusal(error);
          return undefined;
        }
        server.kill();
        this.#noteDeath(error);
        // What hung once hangs again.
        if (server.isStuck) return undefined;
      }
    }
    return undefined;
  }

  async #running(): Promise<S | undefined> {
    if (this.#isClosed) return undefined;
    if (this.#server && !this.#server.hasEnded) return this.#server;
    if (this.#options.now() < this.#pausedUntil) return undefined;
    this.#isPrepared = false;
    this.#hasAnswered = false;
    try {
      this.#server = await this.#options.start();
      if (this.#isClosed) this.#server.kill();
      return this.#server;
    } catch (error) {
      this.#pause(error);
      return undefined;
    }
  }

  #noteDeath(error: unknown): void {
    this.#server = undefined;
    if (this.#isClosed) return;
    const now = this.#options.now();
    this.#deaths = [...this.#deaths.filter((time) => now - time < QUICK_MS), now];
    if (this.#deaths.length >= MAX_DEATHS) this.#pause(error);
  }

  #pause(error: unknown): void {
    this.#deaths = [];
    this.#pausedUntil = this.#options.now() + PAUSE_MS;
    if (this.#isClosed) return;
    this.#options.log(`no types for ${PAUSE_MS / 60_000} minutes, cells run all the same: ${reasonOf(error)}`);
  }

  /** The checker lives, but has no answer to this: its own fault, which nobody needs to read twice. */
  #noteRefusal(error: unknown): void {
    if (!this.#hasRefused) this.#options.log(`the type checker had no answer: ${reasonOf(error)}`);
    this.#hasRefused = true;
  }
}

function reasonOf(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return clipped(line, MAX_REASON);
}
