import type { CellOutcome } from "../../../kernel/src/session/session.js";
import { PlayedKernel } from "../../support/played-kernel.js";

const ok: CellOutcome = { status: "ok", result: undefined };
const failed: CellOutcome = { status: "error", ename: "Error", evalue: "no", traceback: [] };

let played: PlayedKernel;

beforeEach(() => {
  played = new PlayedKernel();
});

afterEach(() => played.close());

test("a cell is busy, runs, replies and is idle after all its output", async () => {
  played.ask("execute_request", "c1", { code: "1" });
  await played.until(() => played.started.includes("c1"));
  played.post({ type: "stream", cell: "c1", name: "stdout", text: "hello" });
  played.post({ type: "outcome", cell: "c1", outcome: { status: "ok", result: { "text/plain": "1" } } });
  await played.until(() => played.log.includes("idle c1"));
  expect(played.log).toEqual([
    "busy c1",
    "execute_input c1",
    "stream c1",
    "execute_result c1",
    "reply c1 ok",
    "idle c1",
  ]);
});

test("cells run one at a time in the order they came", async () => {
  played.ask("execute_request", "c1", { code: "1" });
  played.ask("execute_request", "c2", { code: "2" });
  await played.until(() => played.started.length === 1);
  played.post({ type: "outcome", cell: "c1", outcome: ok });
  await played.until(() => played.started.length === 2);
  expect(played.started).toEqual(["c1", "c2"]);
  expect(played.log.indexOf("idle c1")).toBeLessThan(played.log.indexOf("busy c2"));
});

test("a request answered while a cell runs is idle at once, and the kernel busy again", async () => {
  played.ask("execute_request", "c1", { code: "1" });
  await played.until(() => played.started.length === 1);
  played.ask("kernel_info_request", "k1", {});
  await played.until(() => played.log.includes("idle k1"));
  played.post({ type: "outcome", cell: "c1", outcome: ok });
  await played.until(() => played.log.includes("idle c1"));
  expect(played.log.slice(2)).toEqual(["busy k1", "reply k1 ok", "idle k1", "busy -", "reply c1 ok", "idle c1"]);
});

test("cells of a subshell run while a cell of the main shell awaits, and fail alone", async () => {
  const subshell = played.server.subshells.create();
  played.ask("execute_request", "c1", { code: "" });
  played.ask("execute_request", "c2", { code: "" });
  played.ask("execute_request", "s1", { code: "" }, subshell);
  played.ask("execute_request", "s2", { code: "" }, subshell);
  await played.until(() => played.started.length === 2);
  expect(played.started).toEqual(["c1", "s1"]);
  played.post({ type: "outcome", cell: "s1", outcome: failed });
  await played.until(() => played.log.includes("reply s2 error"));
  played.post({ type: "outcome", cell: "c1", outcome: ok });
  await played.until(() => played.started.length === 3);
  expect(played.started).toEqual(["c1", "s1", "c2"]);
});

test("a request for a subshell that does not exist is refused", async () => {
  played.ask("execute_request", "c1", { code: "" }, "nowhere");
  await played.until(() => played.log.includes("idle c1"));
  expect(played.log).toEqual(["busy c1", "reply c1 error", "idle c1"]);
});

test("after an error the cells that wait fail without running", async () => {
  for (const id of ["c1", "c2", "c3"]) played.ask("execute_request", id, { code: "" });
  await played.until(() => played.started.length === 1);
  played.post({ type: "outcome", cell: "c1", outcome: failed });
  await played.until(() => played.log.includes("idle c3"));
  expect(played.started).toEqual(["c1"]);
  expect(played.log.slice(2)).toEqual([
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
  played.ask("execute_request", "c1", { code: "", stop_on_error: false });
  played.ask("execute_request", "c2", { code: "" });
  await played.until(() => played.started.length === 1);
  played.post({ type: "outcome", cell: "c1", outcome: failed });
  await played.until(() => played.started.length === 2);
  expect(played.started).toEqual(["c1", "c2"]);
});

test("a message of an unknown type is logged and gets busy and idle", async () => {
  played.ask("nonsense_request", "n1", {});
  await played.until(() => played.log.includes("idle n1"));
  expect(played.log).toEqual(["busy n1", "idle n1"]);
  expect(played.lines).toEqual(['unknown message type "nonsense_request"']);
});

test("a request with a wrong field gets an error as reply", async () => {
  played.ask("execute_request", "c1", { code: 1 });
  played.ask("complete_request", "c2", { code: "a", cursor_pos: -1 });
  await played.until(() => played.log.includes("idle c2"));
  expect(played.log.filter((line) => line.startsWith("reply"))).toEqual(["reply c1 error", "reply c2 error"]);
  expect(played.lines.join()).toMatch(/code of execute_request is 1: the client must send a string/);
});

test("a wrong field of a megabyte is shown by its beginning", async () => {
  played.ask("complete_request", "c1", { code: "a", cursor_pos: "x".repeat(1_000_000) });
  played.ask("y".repeat(1_000), "c2", {});
  await played.until(() => played.log.includes("idle c1") && played.log.includes("idle c2"));
  expect(played.lines).toHaveLength(2);
  expect(played.lines.filter((line) => line.length > 400)).toEqual([]);
});

test("an error in the session becomes the reply of the request", async () => {
  played.ask("is_complete_request", "i1", { code: "a" });
  played.far.once("message", ({ ask: question }: { ask: number }) =>
    played.post({ type: "refusal", ask: question, message: "no" }),
  );
  await played.until(() => played.log.includes("idle i1"));
  expect(played.log).toEqual(["busy i1", "reply i1 error", "idle i1"]);
});
