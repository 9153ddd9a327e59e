import { Subscriber, XPublisher } from "zeromq";
import { Publisher } from "../../../../kernel/src/jupyter/wire/publisher.js";

const MEGABYTE = 1 << 20;
/** What the publisher may hold for clients that do not read. */
const MAX_UNREAD = 16 * MEGABYTE;
const MESSAGES = 80;

let publisher: Publisher;
let address: string;
let notices: string[];
let topics: string[];
let onTopic: () => void;
const clients: Subscriber[] = [];

beforeEach(async () => {
  notices = [];
  topics = [];
  onTopic = () => undefined;
  publisher = new Publisher({
    socket: () => {
      const socket = new XPublisher({ linger: 500, sendHighWaterMark: 0 });
      socket.verbosity = "allSubs";
      return socket;
    },
    onSubscribed: (topic) => {
      topics.push(Buffer.from(topic).toString());
      onTopic();
    },
    onNotice: (text) => notices.push(text),
    maxUnread: MAX_UNREAD,
  });
  address = await publisher.bind("tcp://127.0.0.1:*");
  void publisher.listen();
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  publisher.close();
});

test("every subscription is told with its topic", async () => {
  await subscriber({}, "stream");
  await subscriber({}, "");
  expect(topics).toEqual(["stream", ""]);
});

test("a client that reads gets everything in order, without a notice", async () => {
  const client = await subscriber();
  for (let n = 0; n < MESSAGES; n++) {
    await publisher.send(message(n));
    expect(await numberOf(client)).toBe(n);
  }
  expect(notices).toEqual([]);
});

test("a client that does not read loses what it has not read; one that reads gets everything in order", async () => {
  const slow = await subscriber({ receiveHighWaterMark: 1 });
  const quick = await subscriber();
  let most = 0;
  const got: number[] = [];
  const read = (async () => {
    // All the time, as clients do: zeromq.js subscribes anew only while somebody waits for a message.
    while (got.length < MESSAGES) {
      got.push(await numberOf(quick));
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
  })();
  const numbers = Array.from({ length: MESSAGES }, (_, n) => n);
  for (const n of numbers) await publisher.send(message(n));
  await read;
  expect(got).toEqual(numbers);
  expect(notices[0]).toMatch(/^a client has not read \d+ bytes of output; it loses them$/);
  // Without a limit all 80 MB would be held.
  expect(most).toBeLessThan(3 * MAX_UNREAD);
  const late: number[] = [];
  const subscribed = topics.length;
  const readLate = (async () => {
    while (late.at(-1) !== MESSAGES) late.push(await numberOf(slow));
  })();
  while (topics.length === subscribed) await new Promise<void>((resolve) => (onTopic = resolve));
  await publisher.send(message(MESSAGES));
  await readLate;
  expect(late.length).toBeLessThan(MESSAGES);
});

test("small messages that nobody reads are counted too", async () => {
  await subscriber({ receiveHighWaterMark: 1 });
  // zeromq copies frames of up to 128 bytes; what it then holds for a client is its own.
  for (let n = 0; n < 40_000; n++) await publisher.send([Buffer.alloc(200), Buffer.alloc(400)]);
  expect(notices.length).toBeGreaterThan(0);
});

async function subscriber(options: object = {}, topic = ""): Promise<Subscriber> {
  const client = new Subscriber({ linger: 0, receiveTimeout: 20_000, ...options });
  clients.push(client);
  const subscribed = new Promise<void>((resolve) => (onTopic = resolve));
  client.connect(address);
  client.subscribe(topic);
  await subscribed;
  return client;
}

function message(n: number): Buffer[] {
  return [Buffer.from(String(n)), Buffer.alloc(MEGABYTE)];
}

async function numberOf(client: Subscriber): Promise<number> {
  return Number(String((await client.receive())[0]));
}
