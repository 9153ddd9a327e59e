import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Request, Subscriber } from "zeromq";
import { decode, encode } from "../../../../kernel/src/jupyter/wire/codec.js";
import { addressOf, type Connection } from "../../../../kernel/src/jupyter/wire/connection-file.js";
import { type Message, newMessage, newReply } from "../../../../kernel/src/jupyter/wire/message.js";
import { Signer } from "../../../../kernel/src/jupyter/wire/signature.js";
import { type RequestChannel, Sockets } from "../../../../kernel/src/jupyter/wire/sockets.js";

const key = "secret";
let folder: string;
let connection: Connection;
let sockets: Sockets;
const errors: unknown[] = [];
const clients: { close(): void }[] = [];

beforeEach(async () => {
  // Files in a folder of our own: a free port of TCP may be taken by another test before it is used.
  folder = mkdtempSync(join(tmpdir(), "dagbook-ipc-"));
  const ports = { shell: 1, iopub: 2, stdin: 3, control: 4, hb: 5 };
  connection = { transport: "ipc", ip: join(folder, "kernel"), ports, key };
  errors.length = 0;
  const echo = (channel: RequestChannel, request: Message) => sockets.send(channel, newReply(request, request.content));
  sockets = await Sockets.bind(connection, { onRequest: echo, onError: (error) => errors.push(error) });
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await sockets.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a request on shell and on control comes back as a signed reply on the same channel", async () => {
  for (const channel of ["shell", "control"] as const) {
    const client = dealer(channel);
    await client.send(
      encode({ ...newMessage("connect_request", { on: channel }, undefined), identities: [] }, new Signer(key)),
    );
    const reply = decode(await client.receive(), new Signer(key));
    expect(reply.header.msg_type).toBe("connect_reply");
    expect(reply.content).toEqual({ on: channel });
  }
});

test("a malformed or badly signed message is reported and the next one is served", async () => {
  const client = dealer("shell");
  await client.send(["no", "message"]);
  await client.send(encode(newMessage("connect_request", {}, undefined), new Signer("another key")));
  await client.send(encode(newMessage("connect_request", { n: 3 }, undefined), new Signer(key)));
  const reply = decode(await client.receive(), new Signer(key));
  expect(reply.content).toEqual({ n: 3 });
  expect(errors.map(String)).toEqual([
    expect.stringContaining("no delimiter"),
    expect.stringContaining("wrong signature"),
  ]);
});

test("every subscriber is welcomed, then gets all messages in order", async () => {
  for (let client = 0; client < 2; client++) {
    const subscriber = new Subscriber({ linger: 0 });
    clients.push(subscriber);
    subscriber.connect(addressOf(connection, "iopub"));
    subscriber.subscribe("");
    const welcome = decode(await subscriber.receive(), new Signer(key));
    expect(welcome.header.msg_type).toBe("iopub_welcome");
    expect(welcome).toMatchObject({ content: { subscription: "" }, parent_header: {} });
    for (let n = 0; n < 100; n++) sockets.send("iopub", newMessage("stream", { n }, undefined));
    const signer = new Signer(key);
    for (let n = 0; n < 100; n++) expect(decode(await subscriber.receive(), signer).content).toEqual({ n });
  }
});

test.each(["iopub", "hb"] as const)("who sends kilobytes unsigned on %s is cut off", async (channel) => {
  const client = channel === "iopub" ? new Subscriber({ linger: 0 }) : new Request({ linger: 0 });
  clients.push(client);
  // Observed from here on, not once it may have happened.
  const { events } = client;
  client.connect(addressOf(connection, channel));
  const big = "x".repeat(5000);
  if (client instanceof Subscriber) client.subscribe(big);
  else await client.send(big);
  for await (const { type } of events) if (type === "disconnect") break;
});

test("the heartbeat socket sends back what it gets, every time", async () => {
  const client = new Request({ linger: 0 });
  clients.push(client);
  client.connect(addressOf(connection, "hb"));
  for (const ping of ["1", "2"]) {
    await client.send(ping);
    expect(String(await client.receive())).toBe(ping);
  }
});

function dealer(channel: "shell" | "control"): Dealer {
  const client = new Dealer({ linger: 0 });
  clients.push(client);
  client.connect(addressOf(connection, channel));
  return client;
}
