import { type Comm, CommManager } from "../../../kernel/src/jupyter/comm-manager.js";
import type { CommMessage } from "../../../kernel/src/session/session.js";

let published: [string, object][];
/** what went to the main thread, and the cells on whose behalf something was published */
let toCells: CommMessage[];
let cells: (string | undefined)[];
let comms: CommManager;
let opened: { comm: Comm; data: unknown }[];

beforeEach(() => {
  published = [];
  opened = [];
  toCells = [];
  cells = [];
  comms = new CommManager({
    publish: (msgType, content, cell) => {
      published.push([msgType, content]);
      cells.push(cell);
    },
    toCells: (message) => toCells.push(message),
  });
  comms.registerTarget("echo", (comm, data) => opened.push({ comm, data }));
});

test("a comm that a front end opens reaches its target with the data", () => {
  comms.fromClient(open("id1", "echo", { a: 1 }));
  expect(opened).toEqual([{ comm: expect.objectContaining({ id: "id1" }), data: { a: 1 } }]);
  expect(comms.info(undefined)).toEqual({ id1: { target_name: "echo" } });
});

test("messages go both ways", () => {
  comms.fromClient(open("id1", "echo", {}));
  const { comm } = opened[0]!;
  comm.onMessage = (data) => comm.send({ echo: data });
  comms.fromClient(messageOf("message", "id1", { n: 1 }));
  expect(published).toEqual([["comm_msg", { comm_id: "id1", data: { echo: { n: 1 } } }]]);
});

test("a comm with an unknown target is closed at once", () => {
  expect(() => comms.fromClient(open("id1", "nobody", {}))).toThrow(/unknown target "nobody"/);
  expect(published).toEqual([["comm_close", { comm_id: "id1", data: {} }]]);
  expect(comms.info(undefined)).toEqual({});
});

test("a comm that the front end closed gets and sends nothing more", () => {
  comms.fromClient(open("id1", "echo", {}));
  const { comm } = opened[0]!;
  const heard: unknown[] = [];
  comm.onMessage = (data) => heard.push(data);
  comm.onClose = () => heard.push("closed");
  comms.fromClient(messageOf("close", "id1", {}));
  comms.fromClient(messageOf("close", "id1", {}));
  comms.fromClient(messageOf("message", "id1", "late"));
  comm.send({});
  comm.close();
  expect(heard).toEqual(["closed"]);
  expect(published).toEqual([]);
});

test("an id that is opened again is a new comm, the one before hears that it is closed", () => {
  const heard: string[] = [];
  comms.fromClient(open("id1", "echo", {}));
  opened[0]!.comm.onMessage = () => heard.push("first");
  opened[0]!.comm.onClose = () => heard.push("closed");
  comms.fromClient(open("id1", "echo", {}));
  opened[1]!.comm.onMessage = () => heard.push("second");
  comms.fromClient(messageOf("message", "id1", {}));
  expect(heard).toEqual(["closed", "second"]);
});

test("a comm that the kernel closes is closed in the front end once", () => {
  comms.fromClient(open("id1", "echo", {}));
  opened[0]!.comm.close();
  opened[0]!.comm.close();
  expect(published).toEqual([["comm_close", { comm_id: "id1", data: {} }]]);
});

test("information about comms can be asked for one target", () => {
  comms.registerTarget("other", () => undefined);
  comms.fromClient(open("id1", "echo", {}));
  comms.fromClient(open("id2", "other", {}));
  expect(comms.info("other")).toEqual({ id2: { target_name: "other" } });
  expect(comms.info("none")).toEqual({});
});

test("a comm whose target a cell registered goes to the cells, and their messages to the front end", () => {
  comms.registerCellTarget("widget");
  comms.fromClient(open("id1", "widget", { a: 1 }));
  comms.fromClient(messageOf("message", "id1", { b: 2 }));
  comms.fromCell("c1", messageOf("message", "id1", { c: 3 }));
  comms.fromClient(messageOf("close", "id1", {}));
  expect(toCells.map(({ event, id, data }) => [event, id, data])).toEqual([
    ["open", "id1", { a: 1 }],
    ["message", "id1", { b: 2 }],
    ["close", "id1", {}],
  ]);
  expect(published).toEqual([["comm_msg", { comm_id: "id1", data: { c: 3 } }]]);
  expect(cells).toEqual(["c1"]);
});

test("a comm that a cell opens is known until either side closes it", () => {
  comms.fromCell("c1", open("id1", "view", { a: 1 }));
  expect(comms.info("view")).toEqual({ id1: { target_name: "view" } });
  comms.fromClient(messageOf("message", "id1", { b: 2 }));
  comms.fromCell("c1", messageOf("close", "id1", {}));
  comms.fromCell("c1", messageOf("message", "id1", { late: true }));
  expect(toCells.map(({ data }) => data)).toEqual([{ b: 2 }]);
  expect(published).toEqual([
    ["comm_open", { comm_id: "id1", target_name: "view", data: { a: 1 } }],
    ["comm_close", { comm_id: "id1", data: {} }],
  ]);
  expect(comms.info(undefined)).toEqual({});
});

test("a target of the kernel itself is not taken over by a cell", () => {
  comms.registerCellTarget("echo");
  comms.fromClient(open("id1", "echo", {}));
  expect(opened).toHaveLength(1);
  expect(toCells).toEqual([]);
});

function messageOf(event: CommMessage["event"], id: string, data: unknown): CommMessage {
  return { event, id, data, metadata: {}, buffers: [] };
}

function open(id: string, target: string, data: unknown): CommMessage {
  return { ...messageOf("open", id, data), target };
}
