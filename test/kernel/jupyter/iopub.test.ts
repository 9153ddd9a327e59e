import { IOPub } from "../../../kernel/src/jupyter/iopub.js";
import { RecentRequests } from "../../../kernel/src/jupyter/recent-requests.js";
import type { Header, Message } from "../../../kernel/src/jupyter/wire/message.js";

let sent: Message[];
let requests: RecentRequests;
let iopub: IOPub;

beforeEach(() => {
  sent = [];
  requests = new RecentRequests();
  iopub = new IOPub((message) => sent.push(message), requests);
});

test("printed text is published before a display and before idle", () => {
  requests.remember(headerOf("c1"), false);
  iopub.stream("c1", "stdout", "a");
  iopub.display("c1", { data: { "text/plain": "shown" }, metadata: {}, update: false });
  iopub.stream("c1", "stdout", "b");
  iopub.status("idle", headerOf("c1"));
  expect(sent.map(({ header, content }) => [header.msg_type, content])).toEqual([
    ["stream", { name: "stdout", text: "a" }],
    ["display_data", { data: { "text/plain": "shown" }, metadata: {}, transient: {} }],
    ["stream", { name: "stdout", text: "b" }],
    ["status", { execution_state: "idle" }],
  ]);
});

test("output goes to the cell that made it, also when another cell came after", () => {
  requests.remember(headerOf("c1"), false);
  requests.remember(headerOf("c2"), false);
  iopub.publish("display_data", {}, "c1");
  iopub.clearOutput("c2", true);
  iopub.publish("comm_msg", {}, undefined);
  expect(sent.map((message) => message.parent_header)).toEqual([headerOf("c1"), headerOf("c2"), {}]);
});

test("a display with an id names it as transient, its update is an update", () => {
  requests.remember(headerOf("c1"), false);
  const content = { data: {}, metadata: {}, displayId: "d" };
  iopub.display("c1", { ...content, update: false });
  iopub.display("c1", { ...content, update: true });
  expect(sent.map(({ header, content }) => [header.msg_type, content.transient])).toEqual([
    ["display_data", { display_id: "d" }],
    ["update_display_data", { display_id: "d" }],
  ]);
});

test("a silent request publishes its status and nothing else", () => {
  requests.remember(headerOf("c1"), true);
  iopub.status("busy", headerOf("c1"));
  iopub.stream("c1", "stdout", "a");
  iopub.publish("execute_result", {}, "c1");
  iopub.status("idle", headerOf("c1"));
  expect(sent.map(({ content }) => content)).toEqual([{ execution_state: "busy" }, { execution_state: "idle" }]);
});

test("the thousand last requests are remembered", () => {
  for (let i = 0; i <= 1000; i++) requests.remember(headerOf(`c${i}`), false);
  expect(requests.headerOf("c0")).toBeUndefined();
  expect(requests.headerOf("c1")).toEqual(headerOf("c1"));
  expect(requests.headerOf("c1000")).toEqual(headerOf("c1000"));
});

function headerOf(id: string): Header {
  return { msg_id: id, session: "s", username: "u", date: "", msg_type: "execute_request", version: "5.3" };
}
