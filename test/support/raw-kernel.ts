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

/** A kernel and a client that can send any frames, right or wrong ones. */
export class RawKernel {
  readonly key = randomUUID();
  readonly session = randomUUID();
  readonly folder = mkdtempSync(join(tmpdir(), "dagbook-raw-"));
  readonly #identity = randomUUID();
  readonly #process: ChildProcess;
  readonly #ports: Readonly<Record<string, number>>;
  readonly #sockets: Readonly<Record<RequestChannel, Dealer>>;
  readonly #iopub = new Subscriber({ linger: 0 });
  #log = "";

  private constructor(ports: Readonly<Record<string, number>>) {
    this.#ports = ports;
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
    const dealer = (channel: RequestChannel) => {
      const socket = new Dealer({ linger: 0, routingId: this.#identity, receiveTimeout: 20_000 });
      socket.connect(`tcp://127.0.0.1:${ports[channel]}`);
      return socket;
    };
    this.#sockets = { shell: dealer("shell"), control: dealer("control"), stdin: dealer("stdin") };
    this.#iopub.connect(`tcp://127.0.0.1:${ports.iopub}`);
    this.#iopub.subscribe();
  }

  static async start(): Promise<RawKernel> {
    const ports = Object.fromEntries(
      await Promise.all(channels.map(async (name) => [name, await freePort()] as const)),
    );
    const kernel = new RawKernel(ports);
    await kernel.ask("shell", "kernel_info_request", {});
    return kernel;
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

  /** The four parts of a right message. */
  parts(msgType: string, content: object, header: object = {}): Parts {
    const own = { msg_id: randomUUID(), session: this.session, username: "test", date: "", version: "5.5" };
    return [{ ...own, msg_type: msgType, ...header }, {}, {}, content];
  }

  /** Frames of a message, signed. */
  signed(parts: readonly unknown[], key = this.key): Buffer[] {
    const frames = parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(JSON.stringify(part))));
    const hmac = createHmac("sha256", key);
    for (const frame of frames.slice(0, 4)) hmac.update(frame);
    return [delimiter, Buffer.from(hmac.digest("hex")), ...frames];
  }

  send(channel: RequestChannel, frames: readonly Uint8Array[]): Promise<void> {
    return this.#sockets[channel].send(frames.map((frame) => Buffer.from(frame)));
  }

  /** Sends a right request and waits for its reply; replies to others are dropped. */
  async ask(
    channel: "shell" | "control",
    msgType: string,
    content: object,
    header: object = {},
  ): Promise<ReceivedMessage> {
    const parts = this.parts(msgType, content, header);
    await this.send(channel, this.signed(parts));
    for (;;) {
      const reply = readMessage(await this.#sockets[channel].receive());
      if (reply.parent_header.msg_id === (parts[0] as ReceivedMessage["header"]).msg_id) return reply;
    }
  }

  /** Reads a message that comes on iopub. */
  async published(): Promise<ReceivedMessage> {
    return readMessage(await this.#iopub.receive());
  }

  /** Sends frames to iopub as only a hostile client does. */
  async sendToIopub(messages: readonly (readonly Uint8Array[])[]): Promise<void> {
    const socket = new XSubscriber({ linger: 1000 });
    socket.connect(`tcp://127.0.0.1:${this.#ports.iopub}`);
    for (const frames of messages) await socket.send(frames.map((frame) => Buffer.from(frame)));
    socket.close();
  }

  /** Sends frames to the heartbeat and gives what comes back. */
  async beat(frames: readonly Uint8Array[]): Promise<Buffer[]> {
    const socket = new Request({ linger: 0, receiveTimeout: 10_000 });
    socket.connect(`tcp://127.0.0.1:${this.#ports.hb}`);
    try {
      await socket.send(frames.map((frame) => Buffer.from(frame)));
      return await socket.receive();
    } finally {
      socket.close();
    }
  }

  async stop(): Promise<void> {
    for (const socket of [...Object.values(this.#sockets), this.#iopub]) socket.close();
    if (!this.hasEnded) {
      const ended = once(this.#process, "exit");
      this.#process.kill("SIGKILL");
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function readMessage(frames: readonly Buffer[]): ReceivedMessage {
  const start = frames.findIndex((frame) => frame.equals(delimiter)) + 2;
  const [header, parent, , content] = frames.slice(start, start + 4).map((frame) => JSON.parse(frame.toString()));
  return { header, parent_header: parent, content, buffers: frames.slice(start + 4) };
}
