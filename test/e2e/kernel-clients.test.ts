import { type RawClient, RawKernel, type ReceivedMessage } from "../support/raw-kernel.js";

let kernel: RawKernel;
let first: RawClient;
let second: RawClient;

beforeAll(async () => {
  kernel = await RawKernel.start();
  first = await kernel.connect();
  second = await kernel.connect();
  await first.subscribe();
  await second.subscribe();
});

afterAll(() => kernel.stop());

test("two clients share names, each gets its own replies, both see all output", async () => {
  const [one, other] = await Promise.all([
    first.run("var shared = 1; console.log('one')"),
    second.run("console.log('two')"),
  ]);
  expect(textsOf(one.output)).toEqual(["one\n"]);
  expect(textsOf(other.output)).toEqual(["two\n"]);
  const id = await second.tell("shell", "execute_request", { code: "shared + 1" });
  const seen = await first.publishedFor(id);
  expect(seen.map(({ content }) => content.data)).toContainEqual({ "text/plain": "2" });
  expect((await second.replyTo(id)).content.status).toBe("ok");
});

test("the client that ran a cell is asked, and no other", async () => {
  const id = await second.tell("shell", "execute_request", {
    code: 'const colour = await input("Colour? "); colour.toUpperCase()',
    allow_stdin: true,
  });
  const question = await second.received("stdin");
  expect(question.content).toEqual({ prompt: "Colour? ", password: false });
  // An answer of somebody who was not asked is none.
  await first.tell("stdin", "input_reply", { value: "black" });
  await second.tell("stdin", "input_reply", { value: "blue" });
  expect(resultOf(await second.publishedFor(id))).toBe("'BLUE'");
});

test("prompt blocks the cell until the answer comes, a password is asked for as such", async () => {
  const id = await first.tell("shell", "execute_request", {
    code: 'const name = prompt("Name? "); const secret = await input({ prompt: "Token: ", password: true }); name + secret.length',
    allow_stdin: true,
  });
  expect((await first.received("stdin")).content).toEqual({ prompt: "Name? ", password: false });
  await first.tell("stdin", "input_reply", { value: "Ada" });
  expect((await first.received("stdin")).content).toEqual({ prompt: "Token: ", password: true });
  await first.tell("stdin", "input_reply", { value: "12345" });
  expect(resultOf(await first.publishedFor(id))).toBe("'Ada5'");
});

test("a client that takes no input is told how to get it", async () => {
  const { reply } = await first.run('await input("Colour? ")', { allow_stdin: false });
  expect(reply.content).toMatchObject({ status: "error", ename: "InputError" });
  expect(reply.content.evalue).toMatch(/allow_stdin is false.*JupyterLab/);
});

test.each(['await input("a")', 'prompt("a")'])("an interrupt ends a cell that waits in %s", async (code) => {
  const id = await first.tell("shell", "execute_request", { code, allow_stdin: true });
  await first.received("stdin");
  await first.ask("control", "interrupt_request", {});
  expect((await first.replyTo(id)).content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  expect(resultOf((await first.run("6 * 7")).output)).toBe("42");
});

test("a comm of a cell carries binary data both ways, copied when it is sent", async () => {
  const code = `
    comms.registerTarget("echo", (comm) => {
      comm.onMessage = ({ data, buffers }) => {
        const numbers = new Float64Array(buffers[0].buffer).map((x) => x * 2);
        comm.send({ got: data.name }, { buffers: [numbers] });
        numbers.fill(0);
      };
    });`;
  await first.run(code);
  await first.tell("shell", "comm_open", { comm_id: "c1", target_name: "echo", data: {} });
  const sent = new Uint8Array(new Float64Array([1, 2.5]).buffer);
  await first.tell("shell", "comm_msg", { comm_id: "c1", data: { name: "numbers" } }, {}, [sent]);
  const answer = await publishedOf(first, "comm_msg");
  expect(answer.content).toEqual({ comm_id: "c1", data: { got: "numbers" } });
  const [buffer] = answer.buffers;
  expect(new Float64Array(new Uint8Array(buffer!).buffer)).toEqual(new Float64Array([2, 5]));
});

test("a cell opens a comm, which both clients see, and hears that it is closed", async () => {
  await first.run('const view = comms.open("view", { data: { zoom: 2 } }); view.onClose = () => console.log("closed")');
  const known = await second.ask("shell", "comm_info_request", { target_name: "view" });
  const [id] = Object.keys(Object(known.content.comms));
  await second.tell("shell", "comm_close", { comm_id: id, data: {} });
  expect((await publishedOf(second, "stream")).content.text).toBe("closed\n");
});

test("names, help, completeness and comms are answered while a cell loops, cells of a subshell wait for it", async () => {
  const subshell = (await first.ask("control", "create_subshell_request", {})).content.subshell_id;
  const id = await first.tell("shell", "execute_request", { code: "while (true) {}" });
  await startOf(first, id);
  const asked = [
    await second.ask("shell", "complete_request", { code: "Math.ma", cursor_pos: 7 }),
    await second.ask("shell", "inspect_request", { code: "Math", cursor_pos: 4, detail_level: 0 }),
    await second.ask("shell", "is_complete_request", { code: "f(" }),
    await second.ask("shell", "comm_info_request", {}),
    await second.ask("control", "usage_request", {}),
    await second.ask("shell", "history_request", { hist_access_type: "tail", n: 1 }),
  ];
  expect(asked.map(({ content }) => content.status)).toEqual(["ok", "ok", "incomplete", "ok", "ok", "ok"]);
  const later = await second.tell("shell", "execute_request", { code: "1" }, { subshell_id: subshell });
  await first.ask("control", "interrupt_request", {});
  expect((await first.replyTo(id)).content.ename).toBe("KeyboardInterrupt");
  expect((await second.replyTo(later)).header.msg_type).toBe("execute_reply");
});

test("a cell of a subshell runs while a cell of the main shell awaits", async () => {
  const subshell = (await first.ask("control", "create_subshell_request", {})).content.subshell_id;
  const id = await first.tell("shell", "execute_request", {
    code: "await new Promise((done) => (globalThis.release = done))",
  });
  await startOf(first, id);
  const inside = await first.tell(
    "shell",
    "execute_request",
    { code: "release('by the subshell')" },
    { subshell_id: subshell },
  );
  expect(resultOf(await first.publishedFor(id))).toBe("'by the subshell'");
  expect((await first.replyTo(inside)).content.status).toBe("ok");
  expect((await first.ask("control", "delete_subshell_request", { subshell_id: subshell })).content.status).toBe("ok");
});

test("expressions of a client are evaluated after the cell, each with its own outcome", async () => {
  const { reply } = await first.run("const n = 20", {
    user_expressions: { twice: "n * 2", later: "await Promise.resolve(n + 1)", wrong: "missing.name", none: ")" },
  });
  expect(reply.content.user_expressions).toMatchObject({
    twice: { status: "ok", data: { "text/plain": "40" }, metadata: {} },
    later: { status: "ok", data: { "text/plain": "21" } },
    wrong: { status: "error", ename: "ReferenceError", evalue: "missing is not defined" },
    none: { status: "error", ename: "SyntaxError" },
  });
});

test("help goes to the pager, text to the next cell", async () => {
  const help = await first.run("Math.max?");
  expect(help.reply.content.payload).toMatchObject([{ source: "page", start: 0 }]);
  expect(pageOf(help.reply)).toMatch(/max\(\.\.\.values: number\[\]\): number[\s\S]*Returns the larger/);
  // A type has no value; the checker knows it all the same.
  await first.run("interface Planet { name: string }");
  expect(pageOf((await first.run("Planet?")).reply)).toContain("interface Planet");
  const unknown = await first.run("nowhere?");
  expect(unknown.reply.content.payload).toEqual([]);
  expect(textsOf(unknown.output)).toEqual(["nowhere is not known: run the cell that declares it first\n"]);
  const code = 'import { setNextInput } from "dagbook"; setNextInput("1 + 2")';
  const next = await first.run(code);
  expect(next.reply.content.payload).toEqual([{ source: "set_next_input", text: "1 + 2", replace: false }]);
});

test("a client that asks before it listens, as VS Code does, is greeted and gets the next output whole", async () => {
  const late = await kernel.connect();
  const id = await late.tell("shell", "execute_request", { code: "console.log('before')" });
  await late.replyTo(id);
  expect((await late.subscribe()).header.msg_type).toBe("iopub_welcome");
  const { output } = await late.run("console.log('after'); 5");
  expect(output.map(({ header }) => header.msg_type)).toEqual(["execute_input", "stream", "execute_result"]);
});

test("a client that leaves and comes back finds the kernel as it was", async () => {
  const leaving = await kernel.connect();
  await leaving.tell("shell", "execute_request", {
    code: "var left = 'here'; await new Promise((done) => setTimeout(done, 50))",
  });
  leaving.close();
  const back = await kernel.connect();
  await back.subscribe();
  expect(resultOf((await back.run("left")).output)).toBe("'here'");
});

test("the history goes on in the next kernel, and tells sessions apart", async () => {
  const before = await RawKernel.start();
  const client = await before.connect();
  await client.subscribe();
  await client.run("'first session'");
  await client.run("1 + 1");
  await client.ask("control", "shutdown_request", { restart: true });
  await before.ended();
  await before.end();
  const after = await RawKernel.start(before.folder);
  try {
    const again = await after.connect();
    await again.subscribe();
    await again.run("'second session'");
    const tail = await again.ask("shell", "history_request", {
      hist_access_type: "tail",
      n: 3,
      raw: true,
      output: false,
    });
    expect(tail.content.history).toEqual([
      [1, 1, "'first session'"],
      [1, 2, "1 + 1"],
      [2, 1, "'second session'"],
    ]);
    const own = await again.ask("shell", "history_request", {
      hist_access_type: "range",
      session: 0,
      start: 1,
      output: true,
    });
    expect(own.content.history).toEqual([[2, 1, ["'second session'", "'second session'"]]]);
  } finally {
    await after.stop();
  }
});

function pageOf(reply: ReceivedMessage): unknown {
  const [page] = reply.content.payload as readonly { readonly data: Readonly<Record<string, unknown>> }[];
  return page?.data["text/plain"];
}

function textsOf(output: readonly ReceivedMessage[]): unknown[] {
  return output.filter(({ header }) => header.msg_type === "stream").map(({ content }) => content.text);
}

function resultOf(output: readonly ReceivedMessage[]): unknown {
  const result = output.find(({ header }) => header.msg_type === "execute_result");
  return (result?.content.data as Record<string, unknown> | undefined)?.["text/plain"];
}

async function publishedOf(client: RawClient, msgType: string): Promise<ReceivedMessage> {
  for (;;) {
    const message = await client.published();
    if (message.header.msg_type === msgType) return message;
  }
}

async function startOf(client: RawClient, id: string): Promise<void> {
  for (;;) {
    const message = await publishedOf(client, "execute_input");
    if (message.parent_header.msg_id === id) return;
  }
}
