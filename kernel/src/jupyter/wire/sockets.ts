import { Reply, Router, XPublisher } from "zeromq";
import { decode, encode } from "./codec.js";
import { addressOf, type Channel, type Connection, channels } from "./connection-file.js";
import { type Message, newMessage } from "./message.js";
import { SendQueue } from "./send-queue.js";
import { Signer } from "./signature.js";

/** Channels on which requests come and replies go. */
export type RequestChannel = "shell" | "control" | "stdin";

/** Who hears of what comes in. */
export interface SocketsListener {
  onRequest(channel: RequestChannel, request: Message): void;
  /** A message that could not be read or sent; the sockets go on. */
  onError(error: unknown): void;
}

/** What is still queued when the sockets close gets this long to leave. */
const LINGER_MS = 500;

/** zeromq cuts off who sends a larger frame, before it fills the memory; the codec refuses smaller ones in words. */
const MAX_FRAME_BYTES = 256 << 20;
// Without a limit on queued messages: at zeromq's default of 1,000 an XPUB drops output of slow clients.
const OPTIONS = { linger: LINGER_MS, sendHighWaterMark: 0, maxMessageSize: MAX_FRAME_BYTES };

/** The five sockets of a kernel: bound, signed, sending in order. */
export class Sockets {
  readonly #listener: SocketsListener;
  readonly #signer: Signer;
  readonly #sockets = {
    shell: new Router(OPTIONS),
    control: new Router(OPTIONS),
    stdin: new Router(OPTIONS),
    iopub: new XPublisher(OPTIONS),
    hb: new Reply({ linger: 0, maxMessageSize: MAX_FRAME_BYTES }),
  };
  readonly #queues: Readonly<Record<RequestChannel | "iopub", SendQueue>>;

  private constructor(key: string, listener: SocketsListener) {
    this.#listener = listener;
    this.#signer = new Signer(key);
    const queue = (channel: RequestChannel | "iopub") => new SendQueue(this.#sockets[channel], listener.onError);
    this.#queues = { shell: queue("shell"), control: queue("control"), stdin: queue("stdin"), iopub: queue("iopub") };
    // One event for every subscription, not only for the first of a topic: each client gets its welcome.
    this.#sockets.iopub.verbosity = "allSubs";
  }

  /** Binds all sockets; requests go to the listener from then on. */
  static async bind(connection: Connection, listener: SocketsListener): Promise<Sockets> {
    const sockets = new Sockets(connection.key, listener);
    await Promise.all(channels.map((channel) => sockets.#bind(channel, addressOf(connection, channel))));
    sockets.#listen();
    return sockets;
  }

  /** Queues a message; it leaves in the order of the calls on its channel. */
  send(channel: RequestChannel | "iopub", message: Message): void {
    this.#queues[channel].send(encode(message, this.#signer));
  }

  /** Hands everything queued to zeromq and closes; must be awaited before the process exits (zeromq.js#411). */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.#queues).map((queue) => queue.drained()));
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  async #bind(channel: Channel, address: string): Promise<void> {
    await this.#sockets[channel].bind(address);
  }

  #listen(): void {
    const loops = [
      this.#receive("shell"),
      this.#receive("control"),
      this.#receive("stdin"),
      this.#welcome(),
      this.#heartbeat(),
    ];
    for (const loop of loops) loop.catch(this.#listener.onError);
  }

  async #receive(channel: RequestChannel): Promise<void> {
    for await (const frames of this.#sockets[channel]) {
      try {
        this.#listener.onRequest(channel, decode(frames, this.#signer));
      } catch (error) {
        this.#listener.onError(error);
      }
    }
  }

  /** Greets each subscriber (JEP 65), so that a client knows when it misses no output any more. */
  async #welcome(): Promise<void> {
    for await (const [event] of this.#sockets.iopub) {
      if (event?.[0] !== 1) continue;
      const topic = event.subarray(1);
      const welcome = newMessage("iopub_welcome", { subscription: topic.toString() }, undefined);
      this.send("iopub", { ...welcome, identities: [topic] });
    }
  }

  async #heartbeat(): Promise<void> {
    for await (const frames of this.#sockets.hb) await this.#sockets.hb.send(frames);
  }
}
