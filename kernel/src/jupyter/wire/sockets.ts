import { Reply, Router, XPublisher } from "zeromq";
import { decode, encode } from "./codec.js";
import { addressOf, type Channel, type Connection, channels, withPorts } from "./connection-file.js";
import { type Message, newMessage } from "./message.js";
import { Publisher } from "./publisher.js";
import { register } from "./registration.js";
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
/**
 * Pings and subscriptions are not signed: they come from whoever reaches the port. A ping is a word, a subscription
 * the beginning of a topic, of which zeromq keeps some 50 bytes for each byte.
 */
const MAX_UNSIGNED_BYTES = 4096;
/** A client that has left so many replies unread gets no further ones; a reply to a client that is gone is dropped. */
const MAX_UNREAD_REPLIES = 10_000;

type RequestSockets = Readonly<Record<RequestChannel, Router>>;

/** The five sockets of a kernel: bound, signed, encrypted if the connection asks for it, sending in order. */
export class Sockets {
  readonly #listener: SocketsListener;
  readonly #signer: Signer;
  readonly #requests: RequestSockets;
  readonly #heartbeat: Reply;
  readonly #publisher: Publisher;
  readonly #queues: Readonly<Record<RequestChannel | "iopub", SendQueue>>;
  #connection: Connection;

  private constructor(connection: Connection, listener: SocketsListener) {
    this.#connection = connection;
    this.#listener = listener;
    this.#signer = new Signer(connection.key);
    const options = { linger: LINGER_MS, maxMessageSize: MAX_FRAME_BYTES, ...securityOf(connection) };
    const router = () => new Router({ ...options, sendHighWaterMark: MAX_UNREAD_REPLIES });
    this.#requests = { shell: router(), control: router(), stdin: router() };
    this.#heartbeat = new Reply({ ...options, linger: 0, maxMessageSize: MAX_UNSIGNED_BYTES });
    this.#publisher = new Publisher({
      socket: () => newPublisher(options),
      onSubscribed: (topic) => this.#welcome(topic),
      onNotice: listener.onError,
    });
    const queue = (channel: RequestChannel) => new SendQueue(this.#requests[channel], listener.onError);
    const iopub = new SendQueue(this.#publisher, listener.onError);
    this.#queues = { shell: queue("shell"), control: queue("control"), stdin: queue("stdin"), iopub };
  }

  /**
   * Binds all sockets; requests go to the listener from then on. If the connection asks for it, the ports that
   * were chosen are then told to whoever started the kernel.
   * @throws {MessageError} if nobody wants to know them
   */
  static async bind(connection: Connection, listener: SocketsListener): Promise<Sockets> {
    const sockets = new Sockets(connection, listener);
    try {
      await sockets.#bind();
      sockets.#listen();
      if (connection.registration) await register(connection.registration, sockets.#connection, sockets.#signer);
      return sockets;
    } catch (error) {
      // With open sockets the process could not end in order.
      await sockets.close();
      throw error;
    }
  }

  /** The connection with the ports that were taken. */
  get connection(): Connection {
    return this.#connection;
  }

  /** Queues a message; it leaves in the order of the calls on its channel. */
  send(channel: RequestChannel | "iopub", message: Message): void {
    this.#queues[channel].send(encode(message, this.#signer));
  }

  /** Hands everything queued to zeromq and closes; must be awaited before the process exits (zeromq.js#411). */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.#queues).map((queue) => queue.drained()));
    for (const socket of [...Object.values(this.#requests), this.#heartbeat, this.#publisher]) socket.close();
  }

  async #bind(): Promise<void> {
    const bound: Partial<Record<Channel, string>> = {};
    // One after the other: sockets that are just being bound could not be closed when one fails.
    for (const channel of channels) bound[channel] = await this.#bindOne(channel);
    this.#connection = withPorts(this.#connection, bound as Record<Channel, string>);
  }

  async #bindOne(channel: Channel): Promise<string> {
    const address = addressOf(this.#connection, channel);
    if (channel === "iopub") return this.#publisher.bind(address);
    const socket = channel === "hb" ? this.#heartbeat : this.#requests[channel];
    await socket.bind(address);
    return socket.lastEndpoint ?? address;
  }

  #listen(): void {
    const loops = [
      this.#receive("shell"),
      this.#receive("control"),
      this.#receive("stdin"),
      this.#publisher.listen(),
      this.#beat(),
    ];
    for (const loop of loops) loop.catch(this.#listener.onError);
  }

  async #receive(channel: RequestChannel): Promise<void> {
    for await (const frames of this.#requests[channel]) {
      try {
        this.#listener.onRequest(channel, decode(frames, this.#signer));
      } catch (error) {
        this.#listener.onError(error);
      }
    }
  }

  /** Greets each subscriber (JEP 65), so that a client knows when it misses no output any more. */
  #welcome(topic: Uint8Array): void {
    const subscription = Buffer.from(topic).toString();
    this.send("iopub", { ...newMessage("iopub_welcome", { subscription }, undefined), identities: [topic] });
  }

  async #beat(): Promise<void> {
    for await (const frames of this.#heartbeat) await this.#heartbeat.send(frames);
  }
}

function securityOf({ curve }: Connection): object {
  if (!curve) return {};
  return { curveServer: true, curvePublicKey: curve.publicKey, curveSecretKey: curve.secretKey };
}

function newPublisher(options: object): XPublisher {
  // The publisher bounds what is queued, by bytes; zeromq's own limit would drop output by count.
  const socket = new XPublisher({ ...options, sendHighWaterMark: 0, maxMessageSize: MAX_UNSIGNED_BYTES });
  // One event for every subscription, not only for the first of a topic: each client gets its welcome.
  socket.verbosity = "allSubs";
  return socket;
}
