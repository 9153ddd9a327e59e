import { installedKernel, isAlive, KernelClient, type Published } from "../support/kernel-client.js";

let installed: ReturnType<typeof installedKernel>;
let kernel: KernelClient;
let pid: number;

beforeAll(async () => {
  installed = installedKernel();
  kernel = KernelClient.start(installed.env);
  ({ pid } = await kernel.call<{ pid: number }>("start"));
});

afterAll(async () => {
  await kernel.stop();
  installed.remove();
  expect(isAlive(pid)).toBe(false);
});

test("the kernel describes itself on shell and on control", async () => {
  for (const channel of ["shell", "control"] as const) {
    const { reply, iopub } = await kernel.request(channel, "kernel_info_request");
    expect(reply?.invalid).toBeUndefined();
    expect(reply?.content).toMatchObject({
      status: "ok",
      protocol_version: "5.5",
      implementation: "dagbook",
      language_info: { name: "typescript", file_extension: ".ts", codemirror_mode: "typescript" },
    });
    expect(states(iopub)).toEqual(["busy", "idle"]);
  }
});

test("a cell is announced, gives its result and is idle last", async () => {
  const { reply, iopub } = await kernel.execute("const answer: number = 6 * 7; answer");
  expect(iopub.map(({ type }) => type)).toEqual(["status", "execute_input", "execute_result", "status"]);
  expect(iopub.flatMap(({ invalid }) => invalid ?? [])).toEqual([]);
  expect(contentOf(iopub, "execute_input")).toMatchObject({ code: "const answer: number = 6 * 7; answer" });
  expect(contentOf(iopub, "execute_result")).toMatchObject({ data: { "text/plain": "42" }, metadata: {} });
  expect(reply?.content).toMatchObject({ status: "ok", user_expressions: {}, payload: [] });
  expect(reply?.invalid).toBeUndefined();
});

test("printed text goes to its stream in the order of the calls", async () => {
  const { iopub } = await kernel.execute('console.log("one"); console.error("two"); console.log("three")');
  const streams = iopub.filter(({ type }) => type === "stream").map(({ content }) => [content.name, content.text]);
  expect(streams).toEqual([
    ["stdout", "one\n"],
    ["stderr", "two\n"],
    ["stdout", "three\n"],
  ]);
});

test("20,000 printed lines arrive complete, in order, in few messages, before idle", async () => {
  const { iopub } = await kernel.execute('for (let i = 0; i < 20_000; i++) console.log("line " + i)');
  const streams = iopub.filter(({ type }) => type === "stream");
  const expected = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`).join("");
  expect(streams.map(({ content }) => content.text).join("") === expected).toBe(true);
  expect(streams.length).toBeLessThan(200);
  expect(iopub.at(-1)).toMatchObject({ type: "status", content: { execution_state: "idle" } });
});

test("an error is published once and repeated in the reply", async () => {
  const { reply, iopub } = await kernel.execute('throw new RangeError("too far")');
  expect(iopub.map(({ type }) => type)).toEqual(["status", "execute_input", "error", "status"]);
  const error = contentOf(iopub, "error");
  expect(error).toMatchObject({ ename: "RangeError", evalue: "too far" });
  expect(reply?.content).toMatchObject({ status: "error", ...error });
  expect(iopub.flatMap(({ invalid }) => invalid ?? [])).toEqual([]);
});

test("a display can be updated by a later cell", async () => {
  const first = await kernel.execute('const bar = display("10 %")');
  const shown = contentOf(first.iopub, "display_data");
  const id = (shown as { transient: { display_id: string } }).transient.display_id;
  expect(id).toMatch(/./);
  const second = await kernel.execute('bar.update("20 %")');
  expect(contentOf(second.iopub, "update_display_data")).toMatchObject({ transient: { display_id: id } });
  expect([...first.iopub, ...second.iopub].flatMap(({ invalid }) => invalid ?? [])).toEqual([]);
});

test("clearOutput reaches the front end, with the wish to wait for the next output", async () => {
  const { iopub } = await kernel.execute("clearOutput(true)");
  expect(contentOf(iopub, "clear_output")).toEqual({ wait: true });
});

test("a silent cell shows nothing and counts for nothing", async () => {
  const before = await countOf("1");
  const { reply, iopub } = await kernel.execute('console.log("quiet"); var kept = 5; 7', { silent: true });
  expect(states(iopub)).toEqual(["busy", "idle"]);
  expect(iopub).toHaveLength(2);
  expect(reply?.content).toMatchObject({ status: "ok", execution_count: before + 1 });
  expect(await countOf("kept")).toBe(before + 1);
});

test("a cell that is not stored shows its result and takes no number", async () => {
  const before = await countOf("1");
  const { iopub } = await kernel.execute("8", { store_history: false });
  expect(contentOf(iopub, "execute_result")).toMatchObject({ execution_count: before + 1 });
  expect(await countOf("1")).toBe(before + 1);
});

test("late output goes to the cell that started it", async () => {
  const { id } = await kernel.execute('setTimeout(() => console.log("late"), 100); 1');
  const published = await kernel.call<Published[]>("await_published", { type: "stream" });
  expect(published).toMatchObject([{ type: "stream", parent: id, content: { name: "stdout", text: "late\n" } }]);
});

test("cells that wait behind a failing one do not run", async () => {
  const failing = "await new Promise((done) => setTimeout(done, 300)); throw 1";
  const ids = [await kernel.send(failing), await kernel.send("var ran = 1"), await kernel.send("2")];
  const answers = [];
  for (const id of ids) answers.push(await kernel.collect(id));
  expect(answers.map(({ reply }) => reply?.content.status)).toEqual(["error", "error", "error"]);
  expect(answers[1]?.reply?.content.ename).toBe("Aborted");
  expect(contentOf((await kernel.execute("typeof ran")).iopub, "execute_result")).toMatchObject({
    data: { "text/plain": "'undefined'" },
  });
});

test.each([
  ["1 + 1", "complete"],
  ["for (const a of [1]) {", "incomplete"],
  ["const ) = 1", "invalid"],
])("the code %j is %s", async (code, status) => {
  const { reply } = await kernel.request("shell", "is_complete_request", { code });
  expect(reply?.content.status).toBe(status);
  expect(reply?.invalid).toBeUndefined();
});

test("names of cells are completed", async () => {
  await kernel.execute("var elephantine = { trunk: 1, tusk: 2 }");
  const { reply } = await kernel.request("shell", "complete_request", { code: "elephantine.tru", cursor_pos: 15 });
  expect(reply?.invalid).toBeUndefined();
  expect(reply?.content).toMatchObject({ status: "ok", matches: ["trunk"], cursor_start: 12, cursor_end: 15 });
});

test("requests without a feature behind them are answered validly", async () => {
  const requests: [string, object][] = [
    ["history_request", { output: false, raw: true, hist_access_type: "tail", n: 3 }],
    ["inspect_request", { code: "Math", cursor_pos: 2, detail_level: 0 }],
    ["connect_request", {}],
  ];
  for (const [type, content] of requests) {
    const { reply, iopub } = await kernel.request("shell", type, content);
    expect(reply?.content.status).toBe("ok");
    expect(reply?.invalid).toBeUndefined();
    expect(states(iopub)).toEqual(["busy", "idle"]);
  }
});

test("a front end opens the dashboard's comm, asks for a run and is answered", async () => {
  const open = { comm_id: "view-1", target_name: "dagbook.run", data: {} };
  await kernel.request("shell", "comm_open", open);
  const info = await kernel.request("shell", "comm_info_request", { target_name: "dagbook.run" });
  expect(info.reply?.content.comms).toEqual({ "view-1": { target_name: "dagbook.run" } });
  const data = { kind: "subscribe", run: "nothing" };
  await kernel.request("shell", "comm_msg", { comm_id: "view-1", data });
  const [answer] = await kernel.call<Published[]>("await_published", { type: "comm_msg" });
  expect(answer?.content).toEqual({ comm_id: "view-1", data: { kind: "unknown", run: "nothing" } });
  await kernel.request("shell", "comm_close", { comm_id: "view-1", data: {} });
  expect((await kernel.request("shell", "comm_info_request")).reply?.content.comms).toEqual({});
});

test("a comm with an unknown target is closed", async () => {
  await kernel.request("shell", "comm_open", { comm_id: "x", target_name: "nobody", data: {} });
  const [answer] = await kernel.call<Published[]>("await_published", { type: "comm_close" });
  expect(answer?.content).toEqual({ comm_id: "x", data: {} });
});

test("while a cell is busy the kernel answers, beats and does not look idle", async () => {
  const cell = await kernel.send("const end = Date.now() + 1500; while (Date.now() < end); 'done'");
  await kernel.call("await_published", { type: "execute_input" });
  const info = await kernel.call<string>("send", { channel: "control", type: "kernel_info_request", content: {} });
  const beats = await kernel.call<(number | null)[]>("heartbeat");
  expect(beats.every((ms) => ms !== null && ms < 500)).toBe(true);
  const { reply, iopub } = await kernel.collect(cell);
  expect(reply?.content.status).toBe("ok");
  expect(states(iopub)).toEqual(["idle"]);
  const { reply: described } = await kernel.call<{ reply: Published }>("collect", { id: info, channel: "control" });
  expect(described.type).toBe("kernel_info_reply");
});

test("what tasks print goes to the cell of their run, and the run's last picture comes before idle", async () => {
  const code = 'const hello = delayed(() => { console.log("from a worker"); return 3 }); await hello().compute()';
  const { iopub } = await kernel.execute(code);
  expect(contentOf(iopub, "stream")).toEqual({ name: "stdout", text: "from a worker\n" });
  expect(contentOf(iopub, "execute_result")).toMatchObject({ data: { "text/plain": "3" } });
  expect(iopub.filter(({ type }) => type === "update_display_data").at(-1)?.content.data).toMatchObject({
    "application/vnd.dagbook.run.v1+json": { state: "finished" },
  });
});

test("interrupts go through an inspector that no port of the machine leads to", async () => {
  const { iopub } = await kernel.execute('String((await import("node:inspector")).url())');
  expect(contentOf(iopub, "execute_result")).toMatchObject({ data: { "text/plain": "'undefined'" } });
});

test("a new subscriber is welcomed", async () => {
  expect(await kernel.call("welcome")).toEqual({ type: "iopub_welcome", content: { subscription: "" } });
});

test("a replayed request is served once, garbage not at all, and the kernel lives on", async () => {
  expect(await kernel.call("replay")).toEqual(["kernel_info_reply", "connect_reply"]);
  await kernel.call("garbage");
  expect((await kernel.execute("1")).reply?.content.status).toBe("ok");
});

function states(iopub: readonly Published[]): unknown[] {
  return iopub.filter(({ type }) => type === "status").map(({ content }) => content.execution_state);
}

function contentOf(iopub: readonly Published[], type: string): Published["content"] | undefined {
  return iopub.find((message) => message.type === type)?.content;
}

async function countOf(code: string): Promise<number> {
  return (await kernel.execute(code)).reply?.content.execution_count as number;
}
