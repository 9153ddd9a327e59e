import { createServer } from "node:net";
import { Dealer, Request, Subscriber } from "zeromq";
import { decode, encode } from "../../../../kernel/src/jupyter/wire/codec.js";
import { addressOf, type Connection } from "../../../../kernel/src/jupyter/wire/connection-file.js";
import { type Message, newMessage, newReply } from "../../../../kernel/src/jupyter/wire/message.js";
import { Signer } from "../../../../kernel/src/jupyter/wire/signature.js";
import { type RequestChannel, Sockets } from "../../../../kernel/src/jupyter/wire/sockets.js";

const key = "secret";
let connection: Connection;
let sockets: Sockets;
const errors: unknown[] = [];
const clients: { close(): void }[] = [];

beforeEach(async () => {
  const [shell, iopub, stdin, control, hb] = (await freePorts(5)) as [number, number, number, number, number];
  connection = { transport: "tcp", ip: "127.0.0.1", ports: { shell, iopub, stdin, control, hb }, key };
  errors.length = 0;
  const echo = (channel: RequestChannel, request: Message) => sockets.send(channel, newReply(request, request.content));
  sockets = await Sockets.bind(connection, { onRequest: echo, onError: (error) => errors.push(error) });
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await sockets.close();
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

test("the heartbeat echoes", async () => {
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

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once("listening", resolve))));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
