import { setTimeout as delay } from "node:timers/promises";
import type { XPublisher } from "zeromq";
import { soon } from "../../soon.js";
import type { Frame } from "./codec.js";
import { UnreadBytes } from "./unread-bytes.js";

/** What clients have not read may fill so much memory: five outputs of 100 MB. */
const MAX_UNREAD_BYTES = 512 << 20;
/** Clients that read have connected again after some 200 ms. */
const RECONNECT_MS = 1000;
/** An address becomes free within milliseconds of its release. */
const REBIND_MS = 2000;

/** What a publisher is made with. */
export interface PublisherOptions {
  /** a new socket, not bound yet */
  readonly socket: () => XPublisher;
  /** called with the topic of every new subscription */
  readonly onSubscribed: (topic: Uint8Array) => void;
  /** a line for the log */
  readonly onNotice: (text: string) => void;
  /** see `MAX_UNREAD_BYTES` */
  readonly maxUnread?: number;
}

/**
 * The iopub socket. Every client gets every message, in order, however slow it is: nothing is dropped by count.
 *
 * Memory is bounded by bytes: when more than 512 MB are held for a client that does not read, all connections are
 * closed and taken anew. Clients do that by themselves (zeromq connects and subscribes again), those that read
 * have everything by then and get what follows once they are back; only the client that did not read has lost
 * what it had not read. zeromq offers nothing finer: it cannot close one connection, and its limit counts
 * messages, of 1 KB or 100 MB.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #maxUnread: number;
  #socket: XPublisher;
  #unread = new UnreadBytes();
  #address = "";
  #subscriptions = 0;
  #onSubscription: () => void = () => undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#maxUnread = options.maxUnread ?? MAX_UNREAD_BYTES;
    this.#socket = options.socket();
  }

  /** Binds; the address that was taken, where `address` left a choice. */
  async bind(address: string): Promise<string> {
    await this.#socket.bind(address);
    this.#address = this.#socket.lastEndpoint ?? address;
    return this.#address;
  }

  /** Sees subscriptions come and go until the socket closes. */
  async listen(): Promise<void> {
    const socket = this.#socket;
    for await (const [event] of socket) {
      // Whatever else a client sends on its own is no subscription.
      if (event?.[0] === 1) {
        this.#subscriptions += 1;
        this.#options.onSubscribed(event.subarray(1));
        this.#onSubscription();
      } else if (event?.[0] === 0) this.#subscriptions -= 1;
    }
  }

  /** To be called one message after the other. */
  async send(frames: Frame[]): Promise<void> {
    if (this.#unread.atMost > this.#maxUnread) await this.#letGo();
    this.#unread.add(frames);
    await this.#socket.send(frames);
  }

  close(): void {
    this.#socket.close();
  }

  async #letGo(): Promise<void> {
    const bytes = await this.#unread.exactly();
    if (bytes <= this.#maxUnread) return;
    this.#options.onNotice(`a client has not read ${bytes} bytes of output; it loses them`);
    const before = this.#subscriptions;
    const old = this.#socket;
    // What clients that read have not got yet leaves within the linger time of the socket.
    old.close();
    this.#socket = this.#options.socket();
    this.#unread = new UnreadBytes();
    this.#subscriptions = 0;
    await this.#bindAgain();
    this.listen().catch((error) => this.#options.onNotice(String(error)));
    await this.#subscribed(before);
  }

  async #bindAgain(): Promise<void> {
    const end = Date.now() + REBIND_MS;
    for (;;) {
      try {
        return await this.#socket.bind(this.#address);
      } catch (error) {
        if (Date.now() > end) throw error;
        await delay(5);
      }
    }
  }

  /** Done when as many subscriptions are there as before, or those of the clients that read. */
  async #subscribed(count: number): Promise<void> {
    const all = new Promise<void>((resolve) => {
      this.#onSubscription = () => {
        if (this.#subscriptions >= count) resolve();
      };
    });
    await soon(all, RECONNECT_MS);
    this.#onSubscription = () => undefined;
  }
}
