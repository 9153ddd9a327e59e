import type { Message } from "./wire/message.js";
import type { RequestChannel } from "./wire/sockets.js";

/** An execute request that waits for its turn. */
export interface QueuedCell {
  readonly channel: RequestChannel;
  readonly request: Message;
  /** why it must not run; undefined: it may */
  aborted: string | undefined;
}

/** The cells of one shell or subshell: they run one at a time, in the order they came. */
export class ShellQueue {
  readonly #serve: (cell: QueuedCell) => Promise<void>;
  readonly #waiting: QueuedCell[] = [];
  #served: QueuedCell | undefined;
  #isServing = false;

  /** @param serve runs a cell to its end; must not reject */
  constructor(serve: (cell: QueuedCell) => Promise<void>) {
    this.#serve = serve;
  }

  add(channel: RequestChannel, request: Message): void {
    this.#waiting.push({ channel, request, aborted: undefined });
    if (!this.#isServing) void this.#run();
  }

  /** Lets every cell that waits fail in its turn, also the one that is served if it has not begun: it is too late for others. */
  abort(reason: string): void {
    if (this.#served !== undefined) this.#served.aborted ??= reason;
    for (const cell of this.#waiting) cell.aborted ??= reason;
  }

  async #run(): Promise<void> {
    this.#isServing = true;
    for (;;) {
      this.#served = this.#waiting.shift();
      if (this.#served === undefined) break;
      await this.#serve(this.#served);
    }
    this.#isServing = false;
  }
}
