import { stripVTControlCharacters } from "node:util";
import type { CommMessage } from "../../../kernel/src/session/session.js";
import { type Output, SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

test("a comm that a cell opens tells the front end its target, data, metadata and bytes", async () => {
  const { outputs } = await session.run(
    'const opened = comms.open("map", { data: { zoom: 2 }, metadata: { a: 1 }, buffers: [new Float64Array([0.5])] })',
  );
  expect(outputs).toEqual([
    {
      type: "comm",
      cell: `m${session.count}`,
      message: {
        event: "open",
        id: expect.any(String),
        target: "map",
        data: { zoom: 2 },
        metadata: { a: 1 },
        buffers: [new Uint8Array(new Float64Array([0.5]).buffer)],
      },
    },
  ]);
});

test("bytes that a cell changes after sending arrive as they were, also those of shared memory", async () => {
  const { outputs } = await session.run(`const bytes = new Uint8Array([1, 2, 3]);
const shared = new Uint16Array(new SharedArrayBuffer(8), 2, 2).fill(7);
const copied = comms.open("copies");
copied.send({}, { buffers: [bytes, bytes.subarray(1), bytes.buffer, shared, shared.buffer] });
bytes.fill(9);
shared.fill(9);`);
  expect(messages(outputs)[1]?.buffers).toEqual([
    new Uint8Array([1, 2, 3]),
    new Uint8Array([2, 3]),
    new Uint8Array([1, 2, 3]),
    new Uint8Array([7, 0, 7, 0]),
    new Uint8Array([0, 0, 7, 0, 7, 0, 0, 0]),
  ]);
});

test("messages of the front end reach the comm in order, with bytes that a typed array can be laid over", async () => {
  await session.run(`const live = comms.open("live");
live.onMessage = ({ data, metadata, buffers }) => console.log(data, metadata, buffers.map((b) => new Float64Array(b.buffer)));`);
  const cell = `m${session.count}`;
  const id = lastId();
  await session.run('console.log("another cell")');
  const bytes = new Uint8Array(new Float64Array([1.5]).buffer);
  const first = await session.comm({ event: "message", id, data: { n: 1 }, metadata: { m: 2 }, buffers: [bytes] });
  const second = await session.comm({ event: "message", id, data: "no object" });
  expect([...first, ...second]).toEqual([
    { type: "stream", cell, name: "stdout", text: "{ n: 1 } { m: 2 } [ Float64Array(1) [ 1.5 ] ]\n" },
    { type: "stream", cell, name: "stdout", text: "{} {} []\n" },
  ]);
});

test("a listener that throws is shown by its cell and called again", async () => {
  await session.run(
    'const cross = comms.open("x"); cross.onMessage = ({ data }) => { throw new RangeError(data.why) }',
  );
  const cell = `m${session.count}`;
  const id = lastId();
  await session.run("1");
  for (const why of ["first", "second"]) {
    const [output, ...others] = await session.comm({ event: "message", id, data: { why } });
    expect(others).toEqual([]);
    expect(output).toMatchObject({ type: "stream", cell, name: "stderr", text: expect.stringContaining(why) });
  }
});

test("a listener that fails later is shown too, and other comms are told all the same", async () => {
  await session.run(`const slow = comms.open("slow");
slow.onMessage = async () => { await null; throw new Error("too late") };
const well = comms.open("well");
well.onMessage = () => { console.log("well") };`);
  const cell = `m${session.count}`;
  const [slow, well] = session.seen.flatMap((one) => (one.type === "comm" ? [one.message.id] : [])).slice(-2);
  await session.comm({ event: "message", id: slow! });
  await session.comm({ event: "message", id: well! });
  const said = await session.printedBy(cell);
  expect(stripVTControlCharacters(said)).toContain("Error: too late");
  expect(said).toContain("well\n");
});

test("a close of the front end is told once, and after it nothing is sent", async () => {
  await session.run(
    'const shut = comms.open("y"); shut.onClose = ({ data }) => { console.log("closed", data); shut.send() }',
  );
  const id = lastId();
  const outputs = await session.comm({ event: "close", id, data: { by: "front end" } });
  expect(outputs).toMatchObject([{ type: "stream", text: "closed { by: 'front end' }\n" }]);
  expect(await session.comm({ event: "close", id })).toEqual([]);
  expect(await session.comm({ event: "message", id })).toEqual([]);
  expect(messages((await session.run("shut.send(); shut.close()")).outputs)).toEqual([]);
});

test("a cell closes a comm once, and no listener hears of it", async () => {
  const { outputs } = await session.run(`const ended = comms.open("z");
ended.onClose = ended.onMessage = () => { console.log("heard") };
ended.close({ why: "done" }, { buffers: [new Uint8Array([1])] });
ended.close(); ended.send();`);
  expect(messages(outputs).map(({ event }) => event)).toEqual(["open", "close"]);
  expect(messages(outputs)[1]).toMatchObject({ data: { why: "done" }, buffers: [new Uint8Array([1])] });
  expect(await session.comm({ event: "message", id: lastId() })).toEqual([]);
});

test("a registered target gets every comm that a front end opens, and answers as the cell that registered it", async () => {
  const { outputs } = await session.run(`comms.registerTarget("echo", (comm, { data, buffers }) => {
  comm.send({ hello: data.name }, { buffers });
  comm.onMessage = ({ data }) => comm.send(data);
})`);
  const cell = `m${session.count}`;
  expect(outputs).toEqual([{ type: "commTarget", name: "echo" }]);
  await session.run("1");
  const opened = await session.comm({
    event: "open",
    id: "f1",
    target: "echo",
    data: { name: "you" },
    buffers: [new Uint8Array([5])],
  });
  const message = { event: "message", id: "f1", metadata: {}, buffers: [] };
  expect(opened).toEqual([
    { type: "comm", cell, message: { ...message, data: { hello: "you" }, buffers: [new Uint8Array([5])] } },
  ]);
  expect(await session.comm({ event: "message", id: "f1", data: { n: 1 } })).toEqual([
    { type: "comm", cell, message: { ...message, data: { n: 1 } } },
  ]);
});

test("the last registration of a target counts, and one that throws is shown", async () => {
  await session.run('comms.registerTarget("again", () => { console.log("old") })');
  await session.run('comms.registerTarget("again", () => { throw new Error("new") })');
  const outputs = await session.comm({ event: "open", id: "g1", target: "again" });
  expect(outputs).toMatchObject([{ cell: `m${session.count}`, name: "stderr", text: expect.stringContaining("new") }]);
});

test.each([
  ['comms.open("")', /^CommError: comms.open got the target "": give the name/],
  ["comms.open(undefined as never)", /^CommError: comms.open got the target undefined/],
  ['comms.open("t", { data: [1] as never })', /^CommError: The data of a comm message is \[1\]: give an object/],
  [
    'const ring = {}; comms.open("t", { data: Object.assign(ring, { ring }) })',
    /^CommError: The data of a comm message cannot be written as JSON/,
  ],
  ['comms.open("t", { metadata: 3 as never })', /^CommError: The metadata of a comm message is 3: give an object/],
  ['comms.open("t", { buffers: ["abc"] as never })', /^CommError: A buffer of a comm message is string: give/],
  ['comms.registerTarget("t", 1 as never)', /^CommError: comms.registerTarget got number: give a function/],
])("%s fails with what was given and the cure", async (code, message) => {
  const sent = session.seen.length;
  expect(await session.show(code)).toMatch(message);
  expect(messages(session.seen.slice(sent))).toEqual([]);
});

function messages(outputs: readonly Output[]): readonly CommMessage[] {
  return outputs.flatMap((output) => (output.type === "comm" ? [output.message] : []));
}

/** Id of the comm that a cell used last. */
function lastId(): string {
  const last = messages(session.seen).at(-1);
  if (last === undefined) throw new Error("no comm was used");
  return last.id;
}
