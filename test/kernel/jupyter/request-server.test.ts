import { MessageChannel, type MessagePort } from "node:worker_threads";
import { CellRequests } from "../../../kernel/src/jupyter/cell-requests.js";
import { CellTypes } from "../../../kernel/src/jupyter/cell-types.js";
import { CommManager } from "../../../kernel/src/jupyter/comm-manager.js";
import { History } from "../../../kernel/src/jupyter/history/history.js";
import { InputRequests } from "../../../kernel/src/jupyter/input-requests.js";
import { IOPub } from "../../../kernel/src/jupyter/iopub.js";
import type { KernelContext } from "../../../kernel/src/jupyter/kernel-context.js";
import { MainLink } from "../../../kernel/src/jupyter/main-link.js";
import type { ToMain, ToService } from "../../../kernel/src/jupyter/port.js";
import { RecentRequests } from "../../../kernel/src/jupyter/recent-requests.js";
import { RequestServer } from "../../../kernel/src/jupyter/request-server.js";
import { SharedState } from "../../../kernel/src/jupyter/shared-state.js";
import { Usage } from "../../../kernel/src/jupyter/usage.js";
import type { Message } from "../../../kernel/src/jupyter/wire/message.js";
import type { CellOutcome } from "../../../kernel/src/session/session.js";

const ok: CellOutcome = { status: "ok", result: undefined };
const failed: CellOutcome = { status: "error", ename: "Error", evalue: "no", traceback: [] };

/** What left, in order: `busy id`, `type id`, and replies as `reply id status`. */
let log: string[];
let lines: string[];
let server: RequestServer;
let far: MessagePort;
/** cells that the main thread was told to run */
let started: string[];
let onEvent: () => void;

beforeEach(() => {
  log = [];
  lines = [];
  started = [];
  onEvent = () => undefined;
  const channel = new MessageChannel();
  far = channel.port2;
  far.on("message", (message: ToMain) => {
    if (message.type === "execute") started.push(message.cell);
    onEvent();
  });
  const requests = new RecentRequests();
  const iopub = new IOPub((message) => note(message), requests);
  const cells = new CellRequests();
  const inputs = new InputRequests(cells, (message) => note(message));
  let count = 1;
  const kernel: KernelContext = {
    connection: { transport: "tcp", ip: "", ports: { shell: 1, iopub: 2, stdin: 3, control: 4, hb: 5 }, key: "" },
    kind: { language: "typescript", engine: "tslab" },
    main: new MainLink(channel.port1, new SharedState(), {
      stream: (cell, name, text) => iopub.stream(cell, name, text),
      display: (cell, content) => iopub.display(cell, content),
      clearOutput: (cell, wait) => iopub.clearOutput(cell, wait),
      payload: (cell, payload) => cells.addPayload(cell, payload),
      input: (cell, request) => inputs.ask(cell, request),
      comm: () => undefined,
      commTarget: () => undefined,
      typesMode: () => undefined,
    }),
    iopub,
    comms: new CommManager({ publish: () => undefined, toCells: () => undefined }),
    requests,
    cells,
    inputs,
    history: new History(undefined, (text) => lines.push(text)),
    types: new CellTypes(undefined),
    usage: new Usage({ pool: () => undefined, childMemory: () => 0 }),
    get subshells() {
      return server.subshells;
    },
    interruptSignal: new AbortController().signal,
    settled: () => Promise.resolve(),
    nextCount: (counts) => (counts ? count++ : count),
    abortQueued: (reason, shell) => server.abortQueued(reason, shell),
    interrupt: () => Promise.resolve(),
    interruption: undefined,
    stopAfterReply: () => log.push("stop"),
  };
  server = new RequestServer(
    kernel,
    (_channel, message) => {
      log.push(`reply ${parentOf(message)} ${message.content.status}`);
      onEvent();
    },
    (text) => lines.push(text),
  );
});

afterEach(() => far.close());

test("a cell is busy, runs, replies and is idle after all its output", async () => {
  ask("execute_request", "c1", { code: "1" });
  await until(() => started.includes("c1"));
  post({ type: "stream", cell: "c1", name: "stdout", text: "hello" });
  post({ type: "outcome", cell: "c1", outcome: { status: "ok", result: { "text/plain": "1" } } });
  await until(() => log.includes("idle c1"));
  expect(log).toEqual(["busy c1", "execute_input c1", "stream c1", "execute_result c1", "reply c1 ok", "idle c1"]);
});

test("cells run one at a time in the order they came", async () => {
  ask("execute_request", "c1", { code: "1" });
  ask("execute_request", "c2", { code: "2" });
  await until(() => started.length === 1);
  post({ type: "outcome", cell: "c1", outcome: ok });
  await until(() => started.length === 2);
  expect(started).toEqual(["c1", "c2"]);
  expect(log.indexOf("idle c1")).toBeLessThan(log.indexOf("busy c2"));
});

test("a request answered while a cell runs is idle at once, and the kernel busy again", async () => {
  ask("execute_request", "c1", { code: "1" });
  await until(() => started.length === 1);
  ask("kernel_info_request", "k1", {});
  await until(() => log.includes("idle k1"));
  post({ type: "outcome", cell: "c1", outcome: ok });
  await until(() => log.includes("idle c1"));
  expect(log.slice(2)).toEqual(["busy k1", "reply k1 ok", "idle k1", "busy -", "reply c1 ok", "idle c1"]);
});

test("cells of a subshell run while a cell of the main shell awaits, and fail alone", async () => {
  const subshell = server.subshells.create();
  ask("execute_request", "c1", { code: "" });
  ask("execute_request", "c2", { code: "" });
  ask("execute_request", "s1", { code: "" }, subshell);
  ask("execute_request", "s2", { code: "" }, subshell);
  await until(() => started.length === 2);
  expect(started).toEqual(["c1", "s1"]);
  post({ type: "outcome", cell: "s1", outcome: failed });
  await until(() => log.includes("reply s2 error"));
  post({ type: "outcome", cell: "c1", outcome: ok });
  await until(() => started.length === 3);
  expect(started).toEqual(["c1", "s1", "c2"]);
});

test("a request for a subshell that does not exist is refused", async () => {
  ask("execute_request", "c1", { code: "" }, "nowhere");
  await until(() => log.includes("idle c1"));
  expect(log).toEqual(["busy c1", "reply c1 error", "idle c1"]);
});

test("after an error the cells that wait fail without running", async () => {
  for (const id of ["c1", "c2", "c3"]) ask("execute_request", id, { code: "" });
  await until(() => started.length === 1);
  post({ type: "outcome", cell: "c1", outcome: failed });
  await until(() => log.includes("idle c3"));
  expect(started).toEqual(["c1"]);
  expect(log.slice(2)).toEqual([
    "error c1",
    "reply c1 error",
    "idle c1",
    "busy c2",
    "reply c2 error",
    "idle c2",
    "busy c3",
    "reply c3 error",
    "idle c3",
  ]);
});

test("with stop_on_error false the cells that wait run", async () => {
  ask("execute_request", "c1", { code: "", stop_on_error: false });
  ask("execute_request", "c2", { code: "" });
  await until(() => started.length === 1);
  post({ type: "outcome", cell: "c1", outcome: failed });
  await until(() => started.length === 2);
  expect(started).toEqual(["c1", "c2"]);
});

test("a message of an unknown type is logged and gets busy and idle", async () => {
  ask("nonsense_request", "n1", {});
  await until(() => log.includes("idle n1"));
  expect(log).toEqual(["busy n1", "idle n1"]);
  expect(lines).toEqual(['unknown message type "nonsense_request"']);
});

test("a request with a wrong field gets an error as reply", async () => {
  ask("execute_request", "c1", { code: 1 });
  ask("complete_request", "c2", { code: "a", cursor_pos: -1 });
  await until(() => log.includes("idle c2"));
  expect(log.filter((line) => line.startsWith("reply"))).toEqual(["reply c1 error", "reply c2 error"]);
  expect(lines.join()).toMatch(/code of execute_request is 1: the client must send a string/);
});

test("a wrong field of a megabyte is shown by its beginning", async () => {
  ask("complete_request", "c1", { code: "a", cursor_pos: "x".repeat(1_000_000) });
  ask("y".repeat(1_000), "c2", {});
  await until(() => log.includes("idle c1") && log.includes("idle c2"));
  expect(lines).toHaveLength(2);
  expect(lines.filter((line) => line.length > 400)).toEqual([]);
});

test("an error in the session becomes the reply of the request", async () => {
  ask("is_complete_request", "i1", { code: "a" });
  far.once("message", ({ ask: question }: { ask: number }) => post({ type: "refusal", ask: question, message: "no" }));
  await until(() => log.includes("idle i1"));
  expect(log).toEqual(["busy i1", "reply i1 error", "idle i1"]);
});

function ask(msgType: string, id: string, content: object, subshell?: string): void {
  const addressed = subshell === undefined ? {} : { subshell_id: subshell };
  const header = { ...addressed, msg_id: id, session: "s", username: "u", date: "", msg_type: msgType, version: "5.3" };
  const request: Message = {
    identities: [],
    header,
    parent_header: {},
    metadata: {},
    content: content as Message["content"],
    buffers: [],
  };
  server.receive("shell", request);
}

function note(message: Message): void {
  const what = message.header.msg_type === "status" ? message.content.execution_state : message.header.msg_type;
  log.push(`${what} ${parentOf(message)}`);
  onEvent();
}

function parentOf(message: Message): string {
  return "msg_id" in message.parent_header ? message.parent_header.msg_id : "-";
}

function post(message: ToService): void {
  far.postMessage(message);
}

/** Waits for an event after which the condition holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => (onEvent = resolve));
}
