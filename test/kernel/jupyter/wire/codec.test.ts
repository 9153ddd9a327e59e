import { MessageError } from "../../../../kernel/src/errors.js";
import { decode, encode } from "../../../../kernel/src/jupyter/wire/codec.js";
import { newMessage } from "../../../../kernel/src/jupyter/wire/message.js";
import { Signer } from "../../../../kernel/src/jupyter/wire/signature.js";

const header = '{"msg_id":"m1","msg_type":"comm_msg","session":"s","username":"u","date":"d","version":"5.4","x":1}';
const bytes = (...frames: (string | Uint8Array)[]) => frames.map((frame) => Buffer.from(frame));
const unsigned = () => new Signer("");

test("frames become a message with its routing and its buffers", () => {
  const frames = bytes("id1", "id2", "<IDS|MSG>", "", header, "{}", '{"m":1}', '{"comm_id":"c"}', "b1", "b2");
  expect(decode(frames, unsigned())).toEqual({
    identities: bytes("id1", "id2"),
    header: { ...JSON.parse(header) },
    parent_header: {},
    metadata: { m: 1 },
    content: { comm_id: "c" },
    buffers: bytes("b1", "b2"),
  });
});

test("a message of this kernel reads back as it was written", () => {
  const message = newMessage("stream", { name: "stdout", text: "ü\n" }, undefined);
  const frames = encode(message, new Signer("key")).map((frame) => Buffer.from(frame));
  expect(decode(frames, new Signer("key"))).toEqual(message);
});

test("a header that lacks what we do not need is accepted", () => {
  const frames = bytes("<IDS|MSG>", "", '{"msg_id":"m","msg_type":"t"}', "{}", "{}", "{}");
  expect(decode(frames, unsigned()).header).toEqual({
    msg_id: "m",
    msg_type: "t",
    session: "",
    username: "",
    date: "",
    version: "",
  });
});

test.each([
  ["no frames", [], /no delimiter/],
  ["no delimiter", ["a", "b", "c"], /no delimiter/],
  ["too few frames", ["<IDS|MSG>", "", header, "{}", "{}"], /4 frames after its delimiter, at least 5/],
  ["no JSON", ["<IDS|MSG>", "", "{", "{}", "{}", "{}"], /header that is not JSON/],
  ["a list as content", ["<IDS|MSG>", "", header, "{}", "{}", "[]"], /content that is not a JSON object/],
  ["null as metadata", ["<IDS|MSG>", "", header, "{}", "null", "{}"], /metadata that is not a JSON object/],
  ["no msg_id", ["<IDS|MSG>", "", '{"msg_type":"t"}', "{}", "{}", "{}"], /header without msg_id/],
  ["a number as msg_type", ["<IDS|MSG>", "", '{"msg_id":"m","msg_type":1}', "{}", "{}", "{}"], /without msg_type/],
  ["a huge header", ["<IDS|MSG>", "", `"${"x".repeat(1 << 20)}"`, "{}", "{}", "{}"], /header of 1048578 bytes/],
])("a message with %s is refused", (_what, frames, expected) => {
  expect(() => decode(bytes(...frames), unsigned())).toThrow(MessageError);
  expect(() => decode(bytes(...frames), unsigned())).toThrow(expected);
});

test("a message with a wrong signature is refused before its JSON is read", () => {
  const frames = bytes("<IDS|MSG>", "0".repeat(64), "{", "{}", "{}", "{}");
  expect(() => decode(frames, new Signer("key"))).toThrow(/wrong signature/);
});
