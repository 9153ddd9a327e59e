import { type Comm, CommManager } from "../../../kernel/src/jupyter/comm-manager.js";

let published: [string, object][];
let comms: CommManager;
let opened: { comm: Comm; data: unknown }[];

beforeEach(() => {
  published = [];
  opened = [];
  comms = new CommManager((msgType, content) => published.push([msgType, content]));
  comms.registerTarget("echo", (comm, data) => opened.push({ comm, data }));
});

test("a comm that a front end opens reaches its target with the data", () => {
  comms.opened("id1", "echo", { a: 1 });
  expect(opened).toEqual([{ comm: expect.objectContaining({ id: "id1" }), data: { a: 1 } }]);
  expect(comms.info(undefined)).toEqual({ id1: { target_name: "echo" } });
});

test("messages go both ways", () => {
  comms.opened("id1", "echo", {});
  const { comm } = opened[0]!;
  comm.onMessage = (data) => comm.send({ echo: data });
  comms.received("id1", { n: 1 });
  expect(published).toEqual([["comm_msg", { comm_id: "id1", data: { echo: { n: 1 } } }]]);
});

test("a comm with an unknown target is closed at once", () => {
  expect(() => comms.opened("id1", "nobody", {})).toThrow(/unknown target "nobody"/);
  expect(published).toEqual([["comm_close", { comm_id: "id1", data: {} }]]);
  expect(comms.info(undefined)).toEqual({});
});

test("a comm that the front end closed gets and sends nothing more", () => {
  comms.opened("id1", "echo", {});
  const { comm } = opened[0]!;
  const heard: unknown[] = [];
  comm.onMessage = (data) => heard.push(data);
  comm.onClose = () => heard.push("closed");
  comms.closed("id1");
  comms.closed("id1");
  comms.received("id1", "late");
  comm.send({});
  comm.close();
  expect(heard).toEqual(["closed"]);
  expect(published).toEqual([]);
});

test("an id that is opened again is a new comm, the one before hears that it is closed", () => {
  const heard: string[] = [];
  comms.opened("id1", "echo", {});
  opened[0]!.comm.onMessage = () => heard.push("first");
  opened[0]!.comm.onClose = () => heard.push("closed");
  comms.opened("id1", "echo", {});
  opened[1]!.comm.onMessage = () => heard.push("second");
  comms.received("id1", {});
  expect(heard).toEqual(["closed", "second"]);
});

test("a comm that the kernel closes is closed in the front end once", () => {
  comms.opened("id1", "echo", {});
  opened[0]!.comm.close();
  opened[0]!.comm.close();
  expect(published).toEqual([["comm_close", { comm_id: "id1", data: {} }]]);
});

test("information about comms can be asked for one target", () => {
  comms.registerTarget("other", () => undefined);
  comms.opened("id1", "echo", {});
  comms.opened("id2", "other", {});
  expect(comms.info("other")).toEqual({ id2: { target_name: "other" } });
  expect(comms.info("none")).toEqual({});
});
