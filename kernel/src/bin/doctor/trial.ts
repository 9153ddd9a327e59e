import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import type { Dealer } from "zeromq";
import { decode, encode } from "../../jupyter/wire/codec.js";
import { channels } from "../../jupyter/wire/connection-file.js";
import { newMessage } from "../../jupyter/wire/message.js";
import { Signer } from "../../jupyter/wire/signature.js";
import { broken, type Finding, fine } from "./finding.js";

const LIMIT_MS = 20_000;
const END_MS = 3000;
const MAX_LOG = 2000;

/**
 * Starts a kernel as Jupyter would and runs `1 + 1` in it: what no look at files can find shows here.
 * @param argv command of the kernelspec
 */
export async function trialStart(argv: readonly string[]): Promise<Finding> {
  const socket = await newSocket();
  if (socket === undefined) return broken("no kernel was tried, because zeromq does not load", "mend that first");
  const folder = mkdtempSync(join(tmpdir(), "dagbook-doctor-"));
  const file = join(folder, "connection.json");
  const { connection, key } = await newConnection();
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const [command, ...args] = argv.map((part) => part.replace("{connection_file}", file));
  const begin = performance.now();
  const child = spawn(command, args, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, JPY_PARENT_PID: String(process.pid) },
    cwd: folder,
  });
  const log = collectLog(child);
  try {
    socket.connect(`tcp://127.0.0.1:${connection.shell_port}`);
    const answer = runCell(socket, key).catch((error) => `cannot be asked (${error})`);
    const problem = await Promise.race([answer, endOf(child), tooLate()]);
    const ms = Math.round(performance.now() - begin);
    if (problem === undefined) return fine(`a kernel starts and runs a cell (${ms} ms)`);
    return broken(
      `a kernel does not run a cell: it ${problem}${log() === "" ? "" : `\n${log()}`}`,
      "mend what it says",
    );
  } finally {
    // A kernel that has ended would be waited for, for ever.
    socket.close();
    await end(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function newConnection() {
  const key = randomUUID();
  const ports = Object.fromEntries(await Promise.all(channels.map(async (name) => [`${name}_port`, await freePort()])));
  const connection = { transport: "tcp", ip: "127.0.0.1", key, signature_scheme: "hmac-sha256", ...ports };
  return { key, connection: connection as typeof connection & { readonly shell_port: number } };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function newSocket(): Promise<Dealer | undefined> {
  const zeromq = await import("zeromq").catch(() => undefined);
  return zeromq && new zeromq.Dealer({ linger: 0 });
}

/** What is wrong with the answer; undefined if nothing is. */
async function runCell(socket: Dealer, key: string): Promise<string | undefined> {
  const signer = new Signer(key);
  const content = { code: "1 + 1", silent: true, store_history: false, user_expressions: {}, allow_stdin: false };
  const request = { ...newMessage("execute_request", content, undefined), identities: [] };
  await socket.send(encode(request, signer).map((frame) => Buffer.from(frame)));
  const reply = decode(await socket.receive(), signer);
  return reply.content.status === "ok" ? undefined : `answered ${JSON.stringify(reply.content)}`;
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, "exit");
    return `ended with ${signal ?? `exit code ${code}`}`;
  } catch (error) {
    return `cannot be started (${error})`;
  }
}

async function tooLate(): Promise<string> {
  await delay(LIMIT_MS, undefined, { ref: false });
  return `did not answer within ${LIMIT_MS / 1000} s`;
}

function collectLog(child: ChildProcess): () => string {
  let log = "";
  child.stderr?.on("data", (data: Buffer) => {
    log = `${log}${data}`.slice(-MAX_LOG);
  });
  return () => log.trim();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill();
  await Promise.race([ended, delay(END_MS, undefined, { ref: false })]);
  child.kill("SIGKILL");
}
