import type { CellOutcome } from "../../../../kernel/src/session/session.js";
import { FakeChecker, finding } from "../../../support/fake-checker.js";
import { PlayedKernel } from "../../../support/played-kernel.js";

const failed: CellOutcome = { status: "error", ename: "TypeError", evalue: "no", traceback: ["no"] };
const result = (text: string): CellOutcome => ({ status: "ok", result: { "text/plain": text } });

let played: PlayedKernel;
let checker: FakeChecker;

beforeEach(() => {
  checker = new FakeChecker();
  played = new PlayedKernel({ checker });
});

afterEach(() => played.close());

test("the reply of a cell has its number, its payload and no expressions that nobody asked for", async () => {
  played.ask("execute_request", "c1", { code: "a?" });
  await played.until(() => played.started.includes("c1"));
  const page = { source: "page", data: { "text/plain": "help" }, start: 0 } as const;
  played.post({ type: "payload", cell: "c1", payload: page });
  played.end("c1");
  await played.until(() => played.log.includes("idle c1"));
  expect(played.reply("c1")).toEqual({ status: "ok", execution_count: 1, user_expressions: {}, payload: [page] });
});

test("a silent cell publishes nothing but its status, has no number of its own and no history", async () => {
  played.ask("execute_request", "c1", { code: "1", silent: true, store_history: true });
  await played.until(() => played.started.includes("c1"));
  played.post({ type: "stream", cell: "c1", name: "stdout", text: "hidden" });
  played.end("c1", result("1"));
  await played.until(() => played.log.includes("idle c1"));
  expect(played.log).toEqual(["busy c1", "reply c1 ok", "idle c1"]);
  expect((await played.run("c2", { code: "2" })).execution_count).toBe(1);
  expect((await played.kernel.history.tail(9)).map(({ input }) => input)).toEqual(["2"]);
});

test("a silent cell that fails stops no other", async () => {
  played.ask("execute_request", "c1", { code: "", silent: true });
  played.ask("execute_request", "c2", { code: "" });
  await played.until(() => played.started.includes("c1"));
  played.end("c1", failed);
  await played.until(() => played.started.includes("c2"));
  expect(played.log).not.toContain("error c1");
});

test("a cell with store_history false is shown, but not counted and not kept", async () => {
  expect((await played.run("c1", { code: "1", store_history: false }, result("1"))).execution_count).toBe(1);
  expect(played.log).toEqual(["busy c1", "execute_input c1", "execute_result c1", "reply c1 ok", "idle c1"]);
  expect((await played.run("c2", { code: "2" }, result("2"))).execution_count).toBe(1);
  expect((await played.kernel.history.tail(9)).map(({ input, output }) => [input, output])).toEqual([["2", "2"]]);
});

test("an error is published once and said again in the reply", async () => {
  const reply = await played.run("c1", { code: "x" }, failed);
  expect(reply).toEqual({ ...failed, execution_count: 1, user_expressions: {}, payload: [] });
  expect(played.log).toEqual(["busy c1", "execute_input c1", "error c1", "reply c1 error", "idle c1"]);
});

test("a request whose fields are of the wrong kind does not run", async () => {
  played.ask("execute_request", "c1", { code: ["1"] });
  played.ask("execute_request", "c2", { code: "1", user_expressions: "abc" });
  played.ask("execute_request", "c3", { code: "1", user_expressions: ["abc"] });
  await played.until(() => played.log.includes("idle c3"));
  expect(["c1", "c2", "c3"].map((id) => played.reply(id).evalue)).toEqual([
    'code of execute_request is ["1"]: the client must send a string',
    'user_expressions of execute_request is "abc": the client must send an object',
    'user_expressions of execute_request is ["abc"]: the client must send an object',
  ]);
  expect(played.started).toEqual([]);
});

test("a cell whose id another one that runs has is refused, and that one ends", async () => {
  played.ask("execute_request", "c1", { code: "1" });
  await played.until(() => played.started.includes("c1"));
  const subshell = played.kernel.subshells.create();
  played.ask("execute_request", "c1", { code: "2" }, subshell);
  await played.until(() => played.log.includes("reply c1 error"));
  expect(played.reply("c1").evalue).toBe(
    'A cell with the msg_id "c1" runs: the client must give every request its own',
  );
  played.end("c1");
  await played.until(() => played.log.includes("reply c1 ok"));
  expect(played.started).toEqual(["c1"]);
});

test("what the types find stands below the output of a cell, before it is idle", async () => {
  checker.finds = async () => [finding("no number")];
  played.ask("execute_request", "c1", { code: "let a" });
  await played.until(() => played.started.includes("c1"));
  played.post({ type: "stream", cell: "c1", name: "stdout", text: "hello" });
  played.end("c1", result("1"));
  await played.until(() => played.log.includes("idle c1"));
  expect(played.log).toEqual([
    "busy c1",
    "execute_input c1",
    "stream c1",
    "execute_result c1",
    "reply c1 ok",
    "display_data c1",
    "idle c1",
  ]);
  const shown = played.sent.find(({ header }) => header.msg_type === "display_data");
  expect(shown?.content.data).toMatchObject({
    "text/plain": expect.stringContaining("cell-1.ts:1:1 TS2322: no number"),
  });
});

test("a cell is checked when its reply has left, so its check does not slow it down", async () => {
  let before: readonly string[] = [];
  checker.finds = async () => {
    before = [...played.log];
    return [];
  };
  await played.run("c1", { code: "let a" }, result("1"));
  expect(before).toEqual(["busy c1", "execute_input c1", "execute_result c1", "reply c1 ok"]);
});

test("a cell that takes its time is checked while it runs", async () => {
  const checked = new Promise<void>((resolve) => {
    checker.finds = async () => {
      resolve();
      return [];
    };
  });
  played.ask("execute_request", "c1", { code: "let a" });
  await checked;
  expect(played.log).toEqual(["busy c1", "execute_input c1"]);
});

test("a checker that does not answer holds up no reply, and idle no longer than its limit", async () => {
  checker.finds = () => new Promise(() => undefined);
  played.ask("execute_request", "c1", { code: "1" });
  await played.until(() => played.started.includes("c1"));
  played.end("c1");
  await played.until(() => played.log.includes("reply c1 ok"));
  expect(played.log).not.toContain("idle c1");
  await played.until(() => played.log.includes("idle c1"));
  expect(played.log).toEqual(["busy c1", "execute_input c1", "reply c1 ok", "idle c1"]);
});

test("the reply of a cell waits for a checker that starts, so that the end follows the reply at once", async () => {
  let before: readonly string[] = [];
  checker.isWarm = false;
  checker.finds = async () => {
    before = [...played.log];
    return [finding("no number")];
  };
  await played.run("c1", { code: "let a" });
  await played.until(() => played.log.includes("idle c1"));
  expect(before).toEqual(["busy c1", "execute_input c1"]);
  expect(played.log).toEqual([...before, "reply c1 ok", "display_data c1", "idle c1"]);
});

test("a checker that fails changes nothing", async () => {
  checker.finds = () => Promise.reject(new Error("gone"));
  expect(await played.run("c1", { code: "1" })).toMatchObject({ status: "ok" });
  expect(played.log).toEqual(["busy c1", "execute_input c1", "reply c1 ok", "idle c1"]);
});

describe("with strict types", () => {
  beforeEach(() => {
    played.kernel.types.mode = "strict";
  });

  test("a cell with errors does not run, and what it declares is not known", async () => {
    checker.finds = async () => [finding("no number"), finding("unused", "suggestion"), finding("no text")];
    played.ask("execute_request", "c1", { code: "let a" });
    played.ask("execute_request", "c2", { code: "2" });
    await played.until(() => played.log.includes("idle c2"));
    expect(played.reply("c1")).toMatchObject({ ename: "TypeCheckError", evalue: "no number (and 1 more)" });
    expect(played.reply("c2")).toMatchObject({ status: "error", ename: "Aborted" });
    expect(played.started).toEqual([]);
    expect(checker.told).toEqual(["add 1 let a", "drop 1"]);
  });

  test("a cell with nothing but warnings and suggestions runs, and they are not shown", async () => {
    checker.finds = async () => [finding("unused", "suggestion"), finding("odd", "warning")];
    expect(await played.run("c1", { code: "let a" })).toMatchObject({ status: "ok" });
    expect(played.log).not.toContain("display_data c1");
  });

  test("an interrupt ends a cell whose types are not known yet", async () => {
    checker.finds = () => new Promise(() => undefined);
    played.ask("execute_request", "c1", { code: "1" });
    await played.until(() => played.log.includes("execute_input c1"));
    played.interrupt();
    await played.until(() => played.log.includes("idle c1"));
    expect(played.reply("c1")).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    expect(played.started).toEqual([]);
  });
});

test("with types off a cell is remembered, not checked", async () => {
  played.kernel.types.mode = "off";
  checker.finds = async () => [finding("no number")];
  await played.run("c1", { code: "let a" });
  expect(checker.told).toEqual(["sleep", "remember 1 let a"]);
  expect(played.log).toEqual(["busy c1", "execute_input c1", "reply c1 ok", "idle c1"]);
});

test("a cell that turns types off shows nothing of its own", async () => {
  checker.finds = async () => [finding("no number")];
  played.ask("execute_request", "c1", { code: "%types off" });
  await played.until(() => played.started.includes("c1"));
  played.kernel.types.mode = "off";
  played.end("c1");
  await played.until(() => played.log.includes("idle c1"));
  expect(played.log).not.toContain("display_data c1");
});
