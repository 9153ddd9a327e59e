import { type Message, newMessage, newReply } from "../../../../kernel/src/jupyter/wire/message.js";

const request: Message = {
  identities: [Buffer.from("client")],
  header: { msg_id: "m1", session: "s", username: "u", date: "", msg_type: "is_complete_request", version: "5.3" },
  parent_header: {},
  metadata: {},
  content: { code: "1" },
  buffers: [],
};

test("a message has an own id, the version and the time in ISO form", () => {
  const first = newMessage("status", { execution_state: "busy" }, request.header);
  const second = newMessage("status", { execution_state: "idle" }, undefined);
  expect(first.header).toMatchObject({ msg_type: "status", version: "5.5", username: "kernel" });
  expect(first.header.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(first.header.msg_id).not.toBe(second.header.msg_id);
  expect(first.header.session).toBe(second.header.session);
  expect([first.parent_header, second.parent_header]).toEqual([request.header, {}]);
});

test("a reply goes back the way of its request and names it as parent", () => {
  const reply = newReply(request, { status: "complete" });
  expect(reply.header.msg_type).toBe("is_complete_reply");
  expect(reply.identities).toEqual([Buffer.from("client")]);
  expect(reply.parent_header).toEqual(request.header);
  expect(reply.content).toEqual({ status: "complete" });
});
