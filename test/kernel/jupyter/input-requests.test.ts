import { KeyboardInterrupt } from "../../../kernel/src/errors.js";
import { CellRequests } from "../../../kernel/src/jupyter/cell-requests.js";
import { InputRequests } from "../../../kernel/src/jupyter/input-requests.js";
import type { Header, Message } from "../../../kernel/src/jupyter/wire/message.js";

let cells: CellRequests;
let inputs: InputRequests;
let sent: Message[];

beforeEach(() => {
  cells = new CellRequests();
  sent = [];
  inputs = new InputRequests(cells, (message) => sent.push(message));
});

const plain = { prompt: "Name? ", password: false };

test("a question goes to the client that ran the cell and comes back with what was typed", async () => {
  cells.start(request("c1", "alice"));
  const typed = inputs.ask("c1", { prompt: "Token? ", password: true });
  expect(sent).toMatchObject([
    {
      identities: [Buffer.from("alice")],
      header: { msg_type: "input_request" },
      parent_header: { msg_id: "c1" },
      content: { prompt: "Token? ", password: true },
    },
  ]);
  inputs.received(reply("alice", { value: "" }));
  expect(await typed).toBe("");
});

test("a client is asked one question at a time, another client beside it", async () => {
  cells.start(request("a1", "alice"));
  cells.start(request("a2", "alice"));
  cells.start(request("b1", "bob"));
  const answers = ["a1", "a2", "b1"].map((cell) => inputs.ask(cell, plain));
  expect(sent.map(({ parent_header: parent }) => parent.msg_id)).toEqual(["a1", "b1"]);
  inputs.received(reply("bob", { value: "three" }));
  inputs.received(reply("alice", { value: "one" }));
  expect(sent.map(({ parent_header: parent }) => parent.msg_id)).toEqual(["a1", "b1", "a2"]);
  inputs.received(reply("alice", { value: "two" }));
  expect(await Promise.all(answers)).toEqual(["one", "two", "three"]);
});

test("an answer to a question that is over, or to none, is dropped", async () => {
  cells.start(request("c1", "alice"));
  inputs.received(reply("alice", { value: "to nothing" }));
  const first = inputs.ask("c1", plain);
  const box = sent[0].header;
  inputs.cancel("c1", new KeyboardInterrupt("The cell was interrupted"));
  await expect(first).rejects.toThrow("The cell was interrupted");
  const second = inputs.ask("c1", plain);
  // JupyterLab still shows the box of the first question and names it in its answer.
  inputs.received(reply("alice", { value: "to the first" }, box));
  inputs.received(reply("alice", { value: "to the second" }, sent[1].header));
  expect(await second).toBe("to the second");
});

test("when the question that was asked is cancelled, the next one is asked", async () => {
  cells.start(request("c1", "alice"));
  cells.start(request("c2", "alice"));
  const [first, second] = ["c1", "c2"].map((cell) => inputs.ask(cell, plain));
  inputs.cancel("c1", new KeyboardInterrupt("The cell was interrupted"));
  await expect(first).rejects.toMatchObject({ name: "KeyboardInterrupt" });
  expect(sent.map(({ parent_header: parent }) => parent.msg_id)).toEqual(["c1", "c2"]);
  inputs.received(reply("alice", { value: "two" }));
  expect(await second).toBe("two");
});

test("a question that only waits can be cancelled without a word to the client", async () => {
  cells.start(request("c1", "alice"));
  cells.start(request("c2", "alice"));
  const [first, second] = ["c1", "c2"].map((cell) => inputs.ask(cell, plain));
  inputs.cancel("c2", new KeyboardInterrupt("The cell was interrupted"));
  await expect(second).rejects.toThrow("The cell was interrupted");
  expect(sent).toHaveLength(1);
  inputs.received(reply("alice", { value: "one" }));
  expect(await first).toBe("one");
});

test.each([
  [{ value: "\u0004" }, "The input was ended (Ctrl-D) instead of answered"],
  [{}, "The client answered the question without a value"],
  [{ value: 3 }, "The client answered the question without a value"],
])("the answer %j is none", async (content, message) => {
  cells.start(request("c1", "alice"));
  const typed = inputs.ask("c1", plain);
  inputs.received(reply("alice", content));
  await expect(typed).rejects.toMatchObject({ name: "InputError", message });
});

test("who takes no input is not asked, and the error says what to do", async () => {
  cells.start(request("c1", "alice", { allow_stdin: false }));
  cells.start(request("c2", "alice", {}));
  for (const cell of ["c1", "c2"]) {
    await expect(inputs.ask(cell, plain)).rejects.toThrow(/takes no input \(allow_stdin is false\): run the cell in/);
  }
  expect(sent).toEqual([]);
});

test("a cell that has ended has nobody to ask", async () => {
  cells.start(request("c1", "alice"));
  cells.end("c1");
  await expect(inputs.ask("c1", plain)).rejects.toThrow(/has ended: ask before it ends, and await the answer/);
});

test("at the end of the kernel every question is refused", async () => {
  cells.start(request("c1", "alice"));
  cells.start(request("c2", "bob"));
  const answers = ["c1", "c2"].map((cell) => inputs.ask(cell, plain));
  inputs.close();
  for (const answer of answers) await expect(answer).rejects.toThrow("The kernel ends: there is no input");
});

function header(msgId: string, msgType: string): Header {
  return { msg_id: msgId, session: "s", username: "u", date: "", msg_type: msgType, version: "5.5" };
}

function request(id: string, client: string, content: object = { allow_stdin: true }): Message {
  return {
    identities: [Buffer.from(client)],
    header: header(id, "execute_request"),
    parent_header: {},
    metadata: {},
    content: content as Message["content"],
    buffers: [],
  };
}

/** @param parent header of the question, which only JupyterLab names */
function reply(client: string, content: object, parent: Header | undefined = undefined): Message {
  return { ...request("r", client, content), header: header("r", "input_reply"), parent_header: parent ?? {} };
}
