import { jest } from "@jest/globals";
import { CommClient, type KernelSource, type RunListener } from "../../../extension/src/renderer/comm-client.js";
import { FakeKernel, FakeSignal } from "../../support/fake-kernel.js";
import { bundle } from "./bundle.js";

const sources: { readonly disposed: FakeSignal<unknown> }[] = [];
afterEach(() => {
  for (const { disposed } of sources.splice(0)) disposed.emit(undefined);
});

function listening(kernel: FakeKernel | null = new FakeKernel()) {
  const source = {
    session: { kernel } as { kernel: FakeKernel | null },
    kernelChanged: new FakeSignal<unknown>(),
    statusChanged: new FakeSignal<string>(),
    connectionStatusChanged: new FakeSignal<string>(),
    disposed: new FakeSignal<unknown>(),
  } satisfies KernelSource;
  sources.push(source);
  const heard: unknown[] = [];
  const listener: RunListener = { receive: (message) => heard.push(message.kind), lose: (loss) => heard.push(loss) };
  return { source, kernel: kernel!, client: new CommClient(source), listener, heard };
}

test("nothing is opened until somebody wants to hear of a run", () => {
  const { kernel } = listening();
  expect(kernel.comms).toEqual([]);
});

test("all runs of a kernel share one comm", () => {
  const { kernel, client, listener } = listening();
  client.subscribe("a", listener);
  client.subscribe("b", listener);
  expect(kernel.comms.map((comm) => comm.sent)).toEqual([
    ["open", { kind: "subscribe", run: "a" }, { kind: "subscribe", run: "b" }],
  ]);
});

test("a message reaches the listeners of its run alone", () => {
  const { kernel, client, listener, heard } = listening();
  client.subscribe("a", listener);
  client.subscribe("b", { receive: () => heard.push("b"), lose: () => heard.push("b") });
  kernel.comms[0]!.hear({ kind: "snapshot", run: "a", bundle: bundle({ run: "a" }) });
  expect(heard).toEqual(["snapshot"]);
});

test("a message that is none of ours is ignored", () => {
  const { kernel, client, listener, heard } = listening();
  client.subscribe("a", listener);
  for (const data of [null, 3, {}, { kind: "constructor", run: "a" }, { kind: "delta", run: "a", seq: "1" }]) {
    kernel.comms[0]!.hear(data);
  }
  expect(heard).toEqual([]);
});

test("after the end of a run nothing is asked of the kernel", () => {
  const { kernel, client, listener, heard } = listening();
  const unsubscribe = client.subscribe("a", listener);
  kernel.comms[0]!.hear({ kind: "end", run: "a", bundle: bundle({ run: "a", state: "finished", t1: 5 }) });
  unsubscribe();
  expect(heard).toEqual(["end"]);
  expect(kernel.comms[0]!.sent).toEqual(["open", { kind: "subscribe", run: "a" }]);
});

test("the last listener that leaves ends the subscription", () => {
  const { kernel, client, listener } = listening();
  const first = client.subscribe("a", listener);
  const second = client.subscribe("a", { ...listener });
  first();
  second();
  expect(kernel.comms[0]!.sent.slice(3)).toEqual([{ kind: "unsubscribe", run: "a" }]);
});

test("a page that is loaded before its kernel is found subscribes when it is there", () => {
  const { source, client, listener } = listening(null);
  client.subscribe("a", listener);
  const kernel = new FakeKernel();
  kernel.connectionStatus = "connecting";
  source.session = { kernel };
  source.kernelChanged.emit(undefined);
  expect(kernel.comms).toEqual([]);
  kernel.connectionStatus = "connected";
  source.connectionStatusChanged.emit("connected");
  expect(kernel.comms[0]!.sent).toEqual(["open", { kind: "subscribe", run: "a" }]);
});

test("a lost connection is taken up with a new comm and a new subscription", () => {
  const { source, kernel, client, listener, heard } = listening();
  client.subscribe("a", listener);
  source.connectionStatusChanged.emit("connecting");
  source.connectionStatusChanged.emit("connected");
  expect(kernel.comms.map((comm) => comm.sent)).toEqual([
    ["open", { kind: "subscribe", run: "a" }, "close"],
    ["open", { kind: "subscribe", run: "a" }],
  ]);
  expect(heard).toEqual([]);
});

test.each([
  ["restarting", "restarted"],
  ["autorestarting", "restarted"],
  ["starting", "restarted"],
  ["dead", "gone"],
])("a kernel that is %s has %s its runs", (status, loss) => {
  const { source, client, listener, heard } = listening();
  client.subscribe("a", listener);
  source.statusChanged.emit(status);
  source.statusChanged.emit("busy");
  expect(heard).toEqual([loss]);
});

test("a run that the kernel does not know is gone", () => {
  const { kernel, client, listener, heard } = listening();
  client.subscribe("a", listener);
  kernel.comms[0]!.hear({ kind: "unknown", run: "a" });
  expect(heard).toEqual(["gone"]);
});

test("a kernel without our comm closes it, and every run is gone", () => {
  const { kernel, client, listener, heard } = listening();
  client.subscribe("a", listener);
  kernel.comms[0]!.onClose({} as never);
  expect(heard).toEqual(["gone"]);
});

test("a second connection to a kernel, which has no comms, opens none", () => {
  const { kernel, client, listener } = listening();
  kernel.handleComms = false;
  client.subscribe("a", listener);
  expect(kernel.comms).toEqual([]);
});

test("a closed notebook leaves no listener behind on its session", () => {
  const { source } = listening();
  source.disposed.emit(undefined);
  expect([source.kernelChanged.size, source.statusChanged.size, source.connectionStatusChanged.size]).toEqual([
    0, 0, 0,
  ]);
});

const list = { kind: "runs", now: 5, runs: [], pool: { workers: 0, running: 0, bytes: 0, limit: 0 } };

test("who watches hears the list of runs on the same comm, and nothing after the last has left", () => {
  const { kernel, client, listener } = listening();
  const heard: unknown[] = [];
  client.subscribe("a", listener);
  const leave = client.watch((message) => heard.push(message));
  kernel.comms[0]!.hear(list);
  leave();
  kernel.comms[0]!.hear(list);
  expect(heard).toEqual([list]);
  expect(kernel.comms.map((comm) => comm.sent)).toEqual([
    ["open", { kind: "subscribe", run: "a" }, { kind: "watch" }, { kind: "unwatch" }],
  ]);
});

test("who watches hears that the kernel is gone, and hears the next process of a kernel that restarts by itself", () => {
  const { source, kernel, client } = listening();
  const heard: unknown[] = [];
  client.watch((message) => heard.push(message?.kind));
  source.statusChanged.emit("autorestarting");
  source.statusChanged.emit("starting");
  expect(kernel.comms.length).toBe(1);
  source.statusChanged.emit("idle");
  kernel.comms[1]!.hear(list);
  expect(heard).toEqual([undefined, "runs"]);
});

test("a kernel that closes the comm is not asked again at each sign of life", () => {
  const { source, kernel, client } = listening();
  client.watch(() => {});
  kernel.comms[0]!.onClose({} as never);
  for (const status of ["busy", "idle", "busy", "idle"]) source.statusChanged.emit(status);
  expect(kernel.comms.length).toBe(1);
});

test("a question about a run that has ended opens a line, and its answer comes to who asked", () => {
  const { client, kernel } = listening();
  const answers: unknown[] = [];
  client.ask({ kind: "retry", run: "r1" }, (answer) => answers.push(answer));
  const [comm] = kernel.comms;
  expect(comm!.sent).toEqual(["open", { kind: "retry", run: "r1" }]);
  comm!.hear({ kind: "repeated", run: "r1", by: "r2" });
  client.ask({ kind: "inspect", run: "r1", task: 3 }, (answer) => answers.push(answer));
  expect(comm!.sent.at(-1)).toEqual({ kind: "inspect", run: "r1", task: 3 });
  comm!.hear({ kind: "unknown", run: "r1" });
  expect(answers).toEqual([{ kind: "repeated", run: "r1", by: "r2" }, undefined]);
});

test("a question without a kernel, or to one that restarts, is answered by nothing", () => {
  const answers: unknown[] = [];
  listening(null).client.ask({ kind: "rerun", run: "r1" }, (answer) => answers.push(answer));
  expect(answers).toEqual([undefined]);
  const { client, source } = listening();
  client.ask({ kind: "rerun", run: "r1" }, (answer) => answers.push(answer));
  source.statusChanged.emit("restarting");
  expect(answers).toEqual([undefined, undefined]);
});

describe("a watcher asks again every minute", () => {
  const list = { kind: "runs", now: 0, runs: [], pool: { workers: 1, running: 0, bytes: 0, limit: 0 } };
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test("so that the kernel knows that the page is there, until it leaves", () => {
    const { kernel, client } = listening();
    const leave = client.watch(() => {});
    for (let minute = 0; minute < 3; minute++) {
      jest.advanceTimersByTime(60_000);
      kernel.comms[0]!.hear(list);
    }
    expect(kernel.comms[0]!.sent).toEqual(["open", ...Array(4).fill({ kind: "watch" })]);
    leave();
    expect(jest.getTimerCount()).toBe(0);
  });

  test("and if nobody has answered by then, the kernel has restarted and a new comm is opened", () => {
    const { kernel, client, listener, heard } = listening();
    client.subscribe("a", listener);
    const lists: unknown[] = [];
    client.watch((message) => lists.push(message?.kind));
    kernel.comms[0]!.hear(list);
    jest.advanceTimersByTime(120_000);
    expect(heard).toEqual(["restarted"]);
    expect(lists).toEqual(["runs", undefined]);
    expect(kernel.comms.map((comm) => comm.sent.at(-1))).toEqual(["close", { kind: "watch" }]);
  });
});
