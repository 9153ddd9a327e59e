import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Dealer, Request, Subscriber, XSubscriber } from "zeromq";
import { freePort } from "./free-port.js";

const program = fileURLToPath(new URL("../../kernel/dist/bin/dagbook.js", import.meta.url));
const channels = ["shell", "iopub", "stdin", "control", "hb"] as const;
/** Whatever takes longer has not been sent. */
const RECEIVE_MS = 20_000;
const delimiter = Buffer.from("<IDS|MSG>");

/** Channels on which a client sends requests. */
export type RequestChannel = "shell" | "control" | "stdin";

/** Header, parent header, metadata and content, as they go over the wire. */
export type Parts = readonly [header: unknown, parent: unknown, metadata: unknown, content: unknown];

export interface ReceivedMessage {
  readonly header: { readonly msg_id: string; readonly msg_type: string };
  readonly parent_header: { readonly msg_id?: string };
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Buffer[];
}

export interface RawConnection {
  readonly key: string;
  readonly ports: Readonly<Record<string, number>>;
}

/** A client that can send any frames, right or wrong ones. */
export class RawClient {
  readonly session = randomUUID();
  readonly #connection: RawConnection;
  readonly #sockets: Readonly<Record<RequestChannel, Dealer>>;
  #iopub: Subscriber | undefined;

  constructor(connection: RawConnection) {
    this.#connection = connection;
    const routingId = randomUUID();
    const dealer = (channel: RequestChannel) => {
      const socket = new Dealer({ linger: 0, routingId, receiveTimeout: RECEIVE_MS });
      socket.connect(this.#address(channel));
      return socket;
    };
    this.#sockets = { shell: dealer("shell"), control: dealer("control"), stdin: dealer("stdin") };
  }

  /** Takes part in iopub from now on. @returns the greeting */
  async subscribe(): Promise<ReceivedMessage> {
    this.#iopub = new Subscriber({ linger: 0, receiveTimeout: RECEIVE_MS });
    this.#iopub.connect(this.#address("iopub"));
    this.#iopub.subscribe();
    return this.published();
  }

  /** The four parts of a right message. */
  parts(msgType: string, content: object, header: object = {}): Parts {
    const own = { msg_id: randomUUID(), session: this.session, username: "test", date: "", version: "5.5" };
    return [{ ...own, msg_type: msgType, ...header }, {}, {}, content];
  }

  /** Frames of a message, signed. */
  signed(parts: readonly unknown[], key = this.#connection.key): Buffer[] {
    const frames = parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(JSON.stringify(part))));
    const hmac = createHmac("sha256", key);
    for (const frame of frames.slice(0, 4)) hmac.update(frame);
    return [delimiter, Buffer.from(hmac.digest("hex")), ...frames];
  }

  send(channel: RequestChannel, frames: readonly Uint8Array[]): Promise<void> {
    return this.#sockets[channel].send(frames.map((frame) => Buffer.from(frame)));
  }

  /** Sends a right message. @returns its msg_id */
  async tell(
    channel: RequestChannel,
    msgType: string,
    content: object,
    header: object = {},
    buffers: Uint8Array[] = [],
  ) {
    const parts = this.parts(msgType, content, header);
    await this.send(channel, [...this.signed(parts), ...buffers]);
    return idOf(parts);
  }

  /** Sends a right request and waits for its reply; replies to others are dropped. */
  async ask(
    channel: "shell" | "control",
    msgType: string,
    content: object,
    header: object = {},
  ): Promise<ReceivedMessage> {
    const id = await this.tell(channel, msgType, content, header);
    return this.replyTo(id, channel);
  }

  async replyTo(id: string, channel: "shell" | "control" = "shell"): Promise<ReceivedMessage> {
    for (;;) {
      const reply = await this.received(channel);
      if (reply.parent_header.msg_id === id) return reply;
    }
  }

  async received(channel: RequestChannel): Promise<ReceivedMessage> {
    return readMessage(await this.#sockets[channel].receive());
  }

  /** The next message on iopub. @throws after 20 s without one */
  async published(): Promise<ReceivedMessage> {
    if (this.#iopub === undefined) throw new Error("this client has not subscribed");
    return readMessage(await this.#iopub.receive());
  }

  /** What is published for a request until it is idle, without the status. */
  async publishedFor(id: string): Promise<ReceivedMessage[]> {
    const messages: ReceivedMessage[] = [];
    for (;;) {
      const message = await this.published();
      if (message.parent_header.msg_id !== id) continue;
      if (message.content.execution_state === "idle") return messages;
      if (message.header.msg_type !== "status") messages.push(message);
    }
  }

  /** Runs a cell: its reply and its output. */
  async run(code: string, options: object = {}): Promise<{ reply: ReceivedMessage; output: ReceivedMessage[] }> {
    const id = await this.tell("shell", "execute_request", { code, ...options });
    const [reply, output] = await Promise.all([this.replyTo(id), this.publishedFor(id)]);
    return { reply, output };
  }

  /** Sends frames to iopub as only a hostile client does. */
  async sendToIopub(messages: readonly (readonly Uint8Array[])[]): Promise<void> {
    const socket = new XSubscriber({ linger: 1000 });
    socket.connect(this.#address("iopub"));
    for (const frames of messages) await socket.send(frames.map((frame) => Buffer.from(frame)));
    socket.close();
  }

  /** Sends frames to the heartbeat and gives what comes back. */
  async beat(frames: readonly Uint8Array[]): Promise<Buffer[]> {
    const socket = new Request({ linger: 0, receiveTimeout: RECEIVE_MS });
    socket.connect(this.#address("hb"));
    try {
      await socket.send(frames.map((frame) => Buffer.from(frame)));
      return await socket.receive();
    } finally {
      socket.close();
    }
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
    this.#iopub?.close();
  }

  #address(channel: string): string {
    return `tcp://127.0.0.1:${this.#connection.ports[channel]}`;
  }
}

/** A kernel process without a manager. */
export class RawKernel implements RawConnection {
  readonly key = randomUUID();
  readonly ports: Readonly<Record<string, number>>;
  readonly folder: string;
  readonly #process: ChildProcess;
  readonly #clients: RawClient[] = [];
  #log = "";

  private constructor(ports: Readonly<Record<string, number>>, folder: string) {
    this.ports = ports;
    this.folder = folder;
    const file = join(this.folder, "connection.json");
    const connection = { transport: "tcp", ip: "127.0.0.1", key: this.key, signature_scheme: "hmac-sha256" };
    const named = Object.fromEntries(channels.map((channel) => [`${channel}_port`, ports[channel]]));
    writeFileSync(file, JSON.stringify({ ...connection, ...named }), { mode: 0o600 });
    const args = ["--no-force-async-hooks-checks", program, "kernel", "-f", file];
    const env = { ...process.env, JUPYTER_DATA_DIR: join(this.folder, "data"), JPY_PARENT_PID: String(process.pid) };
    this.#process = spawn(process.execPath, args, { cwd: this.folder, env, stdio: ["ignore", "ignore", "pipe"] });
    this.#process.stderr?.on("data", (text: Buffer) => {
      this.#log += text;
    });
  }

  /** @param folder of an earlier kernel whose history goes on; by default a new one */
  static async start(folder = mkdtempSync(join(tmpdir(), "dagbook-raw-"))): Promise<RawKernel> {
    const ports = Object.fromEntries(
      await Promise.all(channels.map(async (name) => [name, await freePort()] as const)),
    );
    return new RawKernel(ports, folder);
  }

  /** A client that has had an answer. */
  async connect(): Promise<RawClient> {
    const client = new RawClient(this);
    this.#clients.push(client);
    await client.ask("shell", "kernel_info_request", {});
    return client;
  }

  /** What the kernel wrote to its log so far. */
  get log(): string {
    return this.#log;
  }

  /** Resident memory of the kernel's process, in bytes. */
  get memory(): number {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
  }

  get hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Waits until the kernel has ended by itself. */
  async ended(): Promise<void> {
    if (!this.hasEnded) await once(this.#process, "exit");
  }

  /** Ends kernel and clients; the folder stays for the next kernel. */
  async end(): Promise<void> {
    for (const client of this.#clients) client.close();
    if (this.hasEnded) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }

  /** Ends kernel and clients and removes the folder. */
  async stop(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function idOf(parts: Parts): string {
  return (parts[0] as ReceivedMessage["header"]).msg_id;
}

function readMessage(frames: readonly Buffer[]): ReceivedMessage {
  const start = frames.findIndex((frame) => frame.equals(delimiter)) + 2;
  const [header, parent, , content] = frames.slice(start, start + 4).map((frame) => JSON.parse(frame.toString()));
  return { header, parent_header: parent, content, buffers: frames.slice(start + 4) };
}
