import type { Frame } from "./codec.js";

/** What a send queue needs of a socket. */
export interface Writable {
  send(frames: Frame[]): Promise<void>;
}

/**
 * Sends on one socket, one message at a time in order: zeromq.js rejects a send while another is under way
 * (EBUSY) and the message is lost (zeromq.js#381).
 */
export class SendQueue {
  readonly #socket: Writable;
  readonly #onError: (error: unknown) => void;
  #last: Promise<void> = Promise.resolve();

  constructor(socket: Writable, onError: (error: unknown) => void) {
    this.#socket = socket;
    this.#onError = onError;
  }

  send(frames: Frame[]): void {
    this.#last = this.#last.then(() => this.#socket.send(frames)).catch(this.#onError);
  }

  /** Settles when everything sent so far is with zeromq. */
  drained(): Promise<void> {
    return this.#last;
  }
}
