/**
 * The connection file: where a client expects the five sockets of a kernel, and the key of their messages. Or the
 * registration file: whom the kernel tells where it listens.
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
  /** an address, or for ipc the path of the sockets without their numbers */
  readonly ip: string;
  /** 0: the kernel chooses */
  readonly ports: Readonly<Record<Channel, number>>;
  /** key of the HMAC signatures; empty means unsigned messages */
  readonly key: string;
  /** with these keys the sockets talk to nobody who does not know the public one, and encrypt */
  readonly curve?: CurveKeys;
  /** whom to tell the ports */
  readonly registration?: Registration;
}

/**
 * Keys of CurveZMQ, in Z85: 40 characters.
 * @see https://jupyter-client.readthedocs.io/en/stable/security.html
 */
export interface CurveKeys {
  readonly publicKey: string;
  readonly secretKey: string;
}

/** Who started the kernel and waits to learn its ports. */
export interface Registration {
  readonly kernelId: string;
  /** as zeromq wants it */
  readonly address: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The connection that a connection file or a registration file describes.
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
  const common = { transport, key, ...curveOf(file) } as const;
  if (file.registration_port !== undefined) return { ...common, ...registrationOf(file, transport) };
  const port = (channel: Channel) => portOf(file, `${channel}_port`);
  return { ...common, ip: ipOf(file, "ip"), ports: portsBy(port) };
}

/** The address of a channel as zeromq wants it. */
export function addressOf({ transport, ip, ports }: Connection, channel: Channel): string {
  return endpoint(transport, ip, ports[channel]);
}

/** The same connection with the ports that were taken; `addresses` are those that zeromq bound. */
export function withPorts(connection: Connection, addresses: Readonly<Record<Channel, string>>): Connection {
  return { ...connection, ports: portsBy((channel) => Number(/\d+$/.exec(addresses[channel])?.[0])) };
}

function endpoint(transport: Connection["transport"], ip: string, port: number): string {
  return transport === "tcp" ? `tcp://${ip}:${port === 0 ? "*" : port}` : `ipc://${ip}-${port}`;
}

function portsBy(port: (channel: Channel) => number): Connection["ports"] {
  return {
    shell: port("shell"),
    iopub: port("iopub"),
    stdin: port("stdin"),
    control: port("control"),
    hb: port("hb"),
  };
}

function curveOf(file: Fields): { readonly curve?: CurveKeys } {
  if (file.curve_publickey === undefined && file.curve_secretkey === undefined) return {};
  return { curve: { publicKey: curveKey(file, "curve_publickey"), secretKey: curveKey(file, "curve_secretkey") } };
}

function curveKey(file: Fields, field: string): string {
  const key = file[field];
  if (typeof key === "string" && key.length === 40) return key;
  // A secret key has no place in a log.
  throw wrongField(field, key === undefined ? undefined : "…", "40 characters of Z85");
}

/** A registration file says where its writer listens; the kernel, started on the same machine, listens there too. */
function registrationOf(file: Fields, transport: Connection["transport"]): Omit<Connection, "transport" | "key"> {
  const kernelId = file.kernel_id;
  if (typeof kernelId !== "string" || kernelId === "") throw wrongField("kernel_id", kernelId, "a name");
  const ip = ipOf(file, "registration_ip");
  const port = portOf(file, "registration_port");
  // Numbers of ipc are no ports that could be asked for: those after the one of the registration are ours.
  const ports = portsBy((channel) => (transport === "tcp" ? 0 : port + 1 + channels.indexOf(channel)));
  return { ip, ports, registration: { kernelId, address: endpoint(transport, ip, port) } };
}

function ipOf(file: Fields, field: string): string {
  const ip = file[field];
  if (typeof ip === "string" && ip !== "") return ip;
  throw wrongField(field, ip, "an address such as 127.0.0.1");
}

function parseObject(text: string): Fields {
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
  return value as Fields;
}

function portOf(file: Fields, field: string): number {
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
