import { curveKeyPair, Dealer, Subscriber } from "zeromq";
import { decode, encode } from "../../../../kernel/src/jupyter/wire/codec.js";
import { addressOf, type Connection, parseConnection } from "../../../../kernel/src/jupyter/wire/connection-file.js";
import { newMessage, newReply } from "../../../../kernel/src/jupyter/wire/message.js";
import { Signer } from "../../../../kernel/src/jupyter/wire/signature.js";
import { Sockets } from "../../../../kernel/src/jupyter/wire/sockets.js";

const key = "secret";
const server = curveKeyPair();
const client = curveKeyPair();
/** What a client needs to know of the kernel, and keys of its own. */
const known = {
  curveServerKey: server.publicKey,
  curvePublicKey: client.publicKey,
  curveSecretKey: client.secretKey,
};

let sockets: Sockets;
let connection: Connection;
let received: string[];
const clients: { close(): void }[] = [];

beforeEach(async () => {
  received = [];
  const file = { curve_publickey: server.publicKey, curve_secretkey: server.secretKey };
  // Port 0 is nothing a connection file may hold; here zeromq chooses, so that tests do not meet.
  const ports = { shell_port: 1, iopub_port: 1, stdin_port: 1, control_port: 1, hb_port: 1 };
  const parsed = parseConnection(JSON.stringify({ ip: "127.0.0.1", key, ...ports, ...file }));
  const chosen = { shell: 0, iopub: 0, stdin: 0, control: 0, hb: 0 };
  sockets = await Sockets.bind(
    { ...parsed, ports: chosen },
    {
      onRequest: (channel, request) => {
        received.push(String(request.content.from));
        sockets.send(channel, newReply(request, request.content));
      },
      onError: () => undefined,
    },
  );
  connection = sockets.connection;
});

afterEach(async () => {
  for (const each of clients.splice(0)) each.close();
  await sockets.close();
});

test("a client that knows the public key of the kernel is answered and sees its output", async () => {
  const subscriber = new Subscriber({ linger: 0, receiveTimeout: 10_000, ...known });
  clients.push(subscriber);
  subscriber.connect(addressOf(connection, "iopub"));
  subscriber.subscribe();
  expect(decode(await subscriber.receive(), new Signer(key)).header.msg_type).toBe("iopub_welcome");
  for (const channel of ["shell", "control"] as const) {
    const dealer = await asking(channel, "friend", known);
    expect(decode(await dealer.receive(), new Signer(key)).content).toEqual({ from: "friend" });
  }
});

test.each([
  ["without keys", {}],
  ["with the key of another kernel", { ...known, curveServerKey: curveKeyPair().publicKey }],
])("nothing passes from or to a client %s", async (_, keys) => {
  const stranger = dealerOf("shell", keys);
  // zeromq may hold the message back, as it has no connection.
  const sending = stranger.send(requestOf("stranger")).catch(() => undefined);
  const spy = new Subscriber({ linger: 0, receiveTimeout: 300, ...keys });
  clients.push(spy);
  spy.connect(addressOf(connection, "iopub"));
  spy.subscribe();
  const friend = await asking("shell", "friend", known);
  await friend.receive();
  sockets.send("iopub", newMessage("stream", { text: "for friends" }, undefined));
  stranger.receiveTimeout = 300;
  await expect(spy.receive()).rejects.toThrow();
  await expect(stranger.receive()).rejects.toThrow();
  stranger.close();
  await sending;
  expect(received).toEqual(["friend"]);
});

test.each([
  [{ curve_publickey: server.publicKey }, /curve_secretkey of the connection file is missing, expected 40 characters/],
  [{ curve_secretkey: server.secretKey }, /curve_publickey of the connection file is missing/],
  [{ curve_publickey: "short", curve_secretkey: server.secretKey }, /curve_publickey .* is "…", expected 40/],
])("keys that are not whole are refused, and no key is repeated: %#", (keys, message) => {
  const file = { ip: "127.0.0.1", shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5, ...keys };
  expect(() => parseConnection(JSON.stringify(file))).toThrow(message);
});

async function asking(channel: "shell" | "control", name: string, keys: object): Promise<Dealer> {
  const dealer = dealerOf(channel, keys);
  await dealer.send(requestOf(name));
  return dealer;
}

function dealerOf(channel: "shell" | "control", keys: object): Dealer {
  const dealer = new Dealer({ linger: 0, receiveTimeout: 10_000, ...keys });
  clients.push(dealer);
  dealer.connect(addressOf(connection, channel));
  return dealer;
}

function requestOf(name: string): Uint8Array[] {
  return encode({ ...newMessage("connect_request", { from: name }, undefined), identities: [] }, new Signer(key));
}
