import { createHmac } from "node:crypto";
import { Router } from "zeromq";
import { channels, parseConnection } from "../../../../kernel/src/jupyter/wire/connection-file.js";
import { Sockets } from "../../../../kernel/src/jupyter/wire/sockets.js";

const key = "secret";
const silent = { onRequest: () => undefined, onError: () => undefined };
const delimiter = "<IDS|MSG>";

/** Whoever starts the kernel and waits to learn its ports. */
let starter: Router;

beforeEach(() => {
  starter = new Router({ linger: 0, receiveTimeout: 10_000 });
});

afterEach(() => starter.close());

test("a kernel that was given a registration file tells its ports, signed, and serves once they are known", async () => {
  const binding = Sockets.bind(await registrationFile(), silent);
  const [identity, mark, signature, content] = await starter.receive();
  expect(String(mark)).toBe(delimiter);
  expect(String(signature)).toBe(signed(content!));
  const answer = Buffer.from(JSON.stringify({ status: "ok" }));
  await starter.send([identity!, delimiter, signed(answer), answer]);
  const sockets = await binding;
  const told: Record<string, string> = JSON.parse(String(content));
  expect(told).toEqual({
    kernel_id: "k-1",
    ...Object.fromEntries(channels.map((name) => [`${name}_port`, String(sockets.connection.ports[name])])),
  });
  expect(new Set(Object.values(told)).size).toBe(6);
  expect(Object.values(sockets.connection.ports).every((port) => port > 1023)).toBe(true);
  await sockets.close();
});

test("an answer that somebody else signed starts no kernel", async () => {
  const binding = Sockets.bind(await registrationFile(), silent);
  const failure = expect(binding).rejects.toThrow(
    /^The kernel could not register at tcp:.*: it expects a signed answer/,
  );
  const [identity] = await starter.receive();
  await starter.send([identity!, delimiter, signed(Buffer.from("{}"), "another key"), "{}"]);
  await failure;
});

test("an answer without a signature starts no kernel", async () => {
  const binding = Sockets.bind(await registrationFile(), silent);
  const failure = expect(binding).rejects.toThrow(/expects a signed answer/);
  const [identity] = await starter.receive();
  await starter.send([identity!, "ok"]);
  await failure;
});

/** The connection that a registration file of this starter describes. */
async function registrationFile() {
  await starter.bind("tcp://127.0.0.1:*");
  const port = Number(/\d+$/.exec(starter.lastEndpoint ?? "")?.[0]);
  return parseConnection(
    JSON.stringify({
      kernel_id: "k-1",
      transport: "tcp",
      registration_ip: "127.0.0.1",
      registration_port: port,
      signature_scheme: "hmac-sha256",
      key,
    }),
  );
}

function signed(content: Uint8Array, by = key): string {
  return createHmac("sha256", by).update(content).digest("hex");
}
