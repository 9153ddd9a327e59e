/**
 * The connection file: where a client expects the five sockets of a kernel, and the key of their messages.
 * @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files
 * @module
 */
import { MessageError } from "../../errors.js";

/** Sockets of a kernel; each has a port in the connection file. */
export const channels = ["shell", "iopub", "stdin", "control", "hb"] as const;
/** Name of a socket. */
export type Channel = (typeof channels)[number];

/** Where a kernel listens, and the key of its messages. */
export interface Connection {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly ports: Readonly<Record<Channel, number>>;
  /** key of the HMAC signatures; empty means unsigned messages */
  readonly key: string;
}

/**
 * The connection a connection file describes.
 * @param text content of the file
 * @throws {MessageError} if it is not JSON, or a field is missing or wrong
 */
export function parseConnection(text: string): Connection {
  const file = parseObject(text);
  const transport = file.transport ?? "tcp";
  if (transport !== "tcp" && transport !== "ipc") throw wrongField("transport", transport, '"tcp" or "ipc"');
  const scheme = file.signature_scheme ?? "hmac-sha256";
  if (scheme !== "hmac-sha256") throw wrongField("signature_scheme", scheme, '"hmac-sha256"');
  const key = file.key ?? "";
  if (typeof key !== "string") throw wrongField("key", key, "a string");
  const ip = file.ip;
  if (typeof ip !== "string" || ip === "") throw wrongField("ip", ip, "an address such as 127.0.0.1");
  const port = (channel: Channel) => portOf(file, `${channel}_port`);
  const ports = {
    shell: port("shell"),
    iopub: port("iopub"),
    stdin: port("stdin"),
    control: port("control"),
    hb: port("hb"),
  };
  return { transport, ip, ports, key };
}

/** The address of a channel as zeromq wants it. */
export function addressOf({ transport, ip, ports }: Connection, channel: Channel): string {
  return transport === "tcp" ? `tcp://${ip}:${ports[channel]}` : `ipc://${ip}-${ports[channel]}`;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MessageError(
      "The connection file is not JSON: start the kernel from Jupyter, which writes it",
      {},
      { cause },
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MessageError("The connection file holds no JSON object: start the kernel from Jupyter, which writes it");
  }
  return value as Record<string, unknown>;
}

function portOf(file: Readonly<Record<string, unknown>>, field: string): number {
  const port = file[field];
  if (typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw wrongField(field, port, "a port from 1 to 65535");
}

function wrongField(field: string, value: unknown, expected: string): MessageError {
  const found = value === undefined ? "is missing" : `is ${JSON.stringify(value)}`;
  return new MessageError(
    `The field ${field} of the connection file ${found}, expected ${expected}: start the kernel from Jupyter, which writes it`,
    { field, value },
  );
}
