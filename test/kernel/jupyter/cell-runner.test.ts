import { once } from "node:events";
import { MessageChannel } from "node:worker_threads";
import { jest } from "@jest/globals";
import { KeyboardInterrupt } from "../../../kernel/src/errors.js";
import { CellRunner, outletTo } from "../../../kernel/src/jupyter/cell-runner.js";
import { MainLink } from "../../../kernel/src/jupyter/main-link.js";
import type { CellEvents } from "../../../kernel/src/jupyter/port.js";
import { SharedState } from "../../../kernel/src/jupyter/shared-state.js";
import type { CellOutcome, Outlet, Session } from "../../../kernel/src/session/session.js";

const interrupted: CellOutcome = { status: "error", ename: "KeyboardInterrupt", evalue: "", traceback: [] };

let events: string[];
let link: MainLink;
let close: () => void;
let settle: ((outcome: CellOutcome) => void) | undefined;
let outlet: Outlet;
/** what the person at the notebook answers */
let typed: Promise<string>;

/** Both ends of the port, and a session whose cells end when the test says so. */
beforeEach(() => {
  events = [];
  settle = undefined;
  const { port1, port2 } = new MessageChannel();
  close = () => port1.close();
  const shared = new SharedState();
  const received: CellEvents = {
    stream: (cell, name, text) => events.push(`${cell} ${name} ${text}`),
    display: (cell, { data }) => events.push(`${cell} ${JSON.stringify(data)}`),
    clearOutput: (cell, wait) => events.push(`${cell} clear ${wait}`),
    payload: (cell, payload) => events.push(`${cell} ${JSON.stringify(payload)}`),
    input: (cell, { prompt, password }) => {
      events.push(`${cell} is asked ${prompt}${password ? " (hidden)" : ""}`);
      return typed;
    },
    comm: (cell, { event, id }) => events.push(`${cell} comm ${event} ${id}`),
    commTarget: (name) => events.push(`target ${name}`),
    typesMode: (mode) => events.push(`types ${mode}`),
  };
  link = new MainLink(port1, shared, received);
  outlet = outletTo(port2, shared);
  const session: Session = {
    execute: ({ id, code }) => {
      outlet.stream(id, "stdout", code);
      outlet.display(id, { data: { "text/plain": "shown" }, metadata: {}, update: false });
      outlet.clearOutput(id, true);
      return new Promise((resolve) => {
        settle = resolve;
      });
    },
    interrupt: async () => settle?.(interrupted),
    isComplete: (code) => {
      if (code === "throw") throw new Error("no parser");
      return { status: "incomplete", indent: "  " };
    },
    complete: () => ({ entries: [{ text: "max", type: "method" }], cursorStart: 5, cursorEnd: 6 }),
    inspect: () => ({ found: false }),
    evaluate: async (_, expressions) =>
      Object.fromEntries(
        Object.entries(expressions).map(([name, code]) => [name, { status: "ok", data: { code }, metadata: {} }]),
      ),
    writtenStack: (stack) => stack.replace("2:9", "3:10"),
    comm: ({ event, id }) => events.push(`session gets ${event} ${id}`),
  };
  new CellRunner(port2, session, shared).start();
});

afterEach(() => close());

test("output of a cell arrives in order before its outcome", async () => {
  const outcome = link.execute({ cell: "c1", code: "text", count: 1 });
  await link.ask({ type: "ping" });
  expect(link.runningCells).toEqual(["c1"]);
  settle?.({ status: "ok", result: { "text/plain": "1" } });
  expect(await outcome).toEqual({ status: "ok", result: { "text/plain": "1" } });
  expect(events).toEqual(["c1 stdout text", 'c1 {"text/plain":"shown"}', "c1 clear true"]);
  expect(link.runningCells).toEqual([]);
});

test("questions about code are answered by the session", async () => {
  expect(await link.ask({ type: "isComplete", code: "{" })).toEqual({ status: "incomplete", indent: "  " });
  expect(await link.ask({ type: "complete", code: "Math.m", cursorPos: 6 })).toEqual({
    entries: [{ text: "max", type: "method" }],
    cursorStart: 5,
    cursorEnd: 6,
  });
});

test("a question that the session cannot answer is refused", async () => {
  await expect(link.ask({ type: "isComplete", code: "throw" })).rejects.toThrow("no parser");
});

test("an interrupt ends the running cell before it is answered", async () => {
  const outcome = link.execute({ cell: "c1", code: "", count: 1 });
  await link.ask({ type: "interrupt", cells: ["c1"] });
  expect(link.runningCells).toEqual([]);
  expect(await outcome).toEqual(interrupted);
});

test("an interrupt of a cell that is over leaves the next one alone", async () => {
  const outcome = link.execute({ cell: "c2", code: "", count: 2 });
  await link.ask({ type: "interrupt", cells: ["c1"] });
  link.settleInterrupted(["c1"]);
  settle?.({ status: "ok", result: undefined });
  expect(await outcome).toEqual({ status: "ok", result: undefined });
});

test("a cell that was marked ends as interrupted even if the rest of it comes to an end", async () => {
  const outcome = link.execute({ cell: "c1", code: "", count: 1 });
  await link.ask({ type: "ping" });
  link.markInterrupted(["c1"]);
  settle?.({ status: "ok", result: undefined });
  expect(await outcome).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
});

test("expressions of a client are evaluated by the session", async () => {
  expect(await link.ask({ type: "evaluate", cell: "c1", expressions: { sum: "1 + 1" } })).toEqual({
    sum: { status: "ok", data: { code: "1 + 1" }, metadata: {} },
  });
});

test("a question of a cell is answered by what the person types, or fails with why they are not asked", async () => {
  typed = Promise.resolve("blue");
  expect(await outlet.input("c1", { prompt: "Colour? ", password: false })).toBe("blue");
  typed = Promise.reject(new Error("nobody is there"));
  await expect(outlet.input("c1", { prompt: "Token? ", password: true })).rejects.toThrow("nobody is there");
  expect(events).toEqual(["c1 is asked Colour? ", "c1 is asked Token?  (hidden)"]);
});

test("a question that Stop ended fails as interrupted, not as one that nobody answers", async () => {
  typed = Promise.reject(new KeyboardInterrupt("The cell was interrupted"));
  const answer = outlet.input("c1", { prompt: "", password: false });
  await expect(answer).rejects.toMatchObject({ name: "KeyboardInterrupt", message: "The cell was interrupted" });
});

test("comms, payloads and the mode of the types cross in both directions", async () => {
  const message = { id: "m", data: {}, metadata: {}, buffers: [] };
  outlet.comm("c1", { ...message, event: "open", target: "t" });
  outlet.commTarget("t");
  outlet.payload("c1", { source: "set_next_input", text: "1", replace: false });
  outlet.typesMode("strict");
  link.comm({ ...message, event: "message" });
  await link.ask({ type: "ping" });
  expect(events).toEqual([
    "c1 comm open m",
    "target t",
    'c1 {"source":"set_next_input","text":"1","replace":false}',
    "types strict",
    "session gets message m",
  ]);
});

test("a result that cannot be cloned is an error of the cell", async () => {
  const outcome = link.execute({ cell: "c1", code: "", count: 1 });
  await link.ask({ type: "ping" });
  settle?.({ status: "ok", result: { "text/plain": () => 1 } });
  expect(await outcome).toMatchObject({ status: "error", ename: "DisplayError" });
});

test("a question about code is not asked for ever of a thread that a timer of a cell keeps", async () => {
  const { port1, port2 } = new MessageChannel();
  const busy = new MainLink(port1, new SharedState(), {} as CellEvents);
  const timeout = jest.spyOn(AbortSignal, "timeout").mockReturnValue(AbortSignal.abort());
  expect(await busy.askSoon({ type: "isComplete", code: "1" })).toBeUndefined();
  timeout.mockRestore();
  port2.start();
  port1.close();
  await once(port2, "close");
});

const million = "x".repeat(1_000_000);

test.each<[string, (to: Outlet) => void, number]>([
  ["text", (to) => to.stream("c", "stdout", million), 1_000_000],
  [
    "something shown",
    (to) => to.display("c", { data: { "text/html": million }, metadata: {}, update: false }),
    1_000_008,
  ],
  [
    "a message of a comm",
    (to) => to.comm("c", { event: "message", id: "i", data: {}, metadata: {}, buffers: [new Uint8Array(1_000_000)] }),
    1_000_024,
  ],
])("%s may follow when the receiver has taken what came before", async (_, send, size) => {
  const { port1, port2 } = new MessageChannel();
  const shared = new SharedState();
  let posted = 0;
  const counting = { ...port2, postMessage: () => (posted += 1) } as unknown as typeof port2;
  const wait = jest.spyOn(Atomics, "wait").mockImplementation(() => {
    // The receiver takes all of it while this thread waits.
    shared.outputReceived(size);
    return "ok";
  });
  const outlet = outletTo(counting, shared);
  send(outlet);
  expect([posted, wait.mock.calls.length]).toEqual([1, 0]);
  send(outlet);
  expect([posted, wait.mock.calls.length]).toEqual([2, 1]);
  wait.mockRestore();
  port1.close();
  await once(port2, "close");
});
