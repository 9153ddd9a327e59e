import { MessageError } from "../../../../kernel/src/errors.js";
import { Signer } from "../../../../kernel/src/jupyter/wire/signature.js";

const key = "a0436f6c-1916-498b-8eb9-e81ab9368e84";
const frames = ['{"msg_id":"1"}', "{}", "{}", '{"code":"1+1"}'].map((text) => Buffer.from(text));
// hmac.new(key, digestmod=hashlib.sha256) of Python 3.11 over the four frames
const fromPython = "571f54ca20ac469366661f0eb466e6d650eee65ae12436bc786b76a5eb890b86";

test("a signature equals that of Python's hmac", () => {
  expect(new Signer(key).sign(frames)).toBe(fromPython);
});

test("a right signature is accepted once, its replay refused", () => {
  const signer = new Signer(key);
  signer.verify(Buffer.from(fromPython), frames);
  expect(() => signer.verify(Buffer.from(fromPython), frames)).toThrow(/came twice/);
});

test("a message that was changed on its way is refused", () => {
  const changed = [...frames.slice(0, 3), Buffer.from('{"code":"1+2"}')];
  expect(() => new Signer(key).verify(Buffer.from(fromPython), changed)).toThrow(MessageError);
});

test("a signature that is too short or empty is refused", () => {
  expect(() => new Signer(key).verify(Buffer.from(fromPython.slice(1)), frames)).toThrow(/wrong signature/);
  expect(() => new Signer(key).verify(Buffer.alloc(0), frames)).toThrow(/wrong signature/);
});

test("without a key messages are unsigned and every one is accepted", () => {
  const signer = new Signer("");
  expect(signer.sign(frames)).toBe("");
  signer.verify(Buffer.alloc(0), frames);
  signer.verify(Buffer.alloc(0), frames);
});

test("65,536 signatures are remembered, then the oldest is forgotten", () => {
  const signer = new Signer(key);
  const verify = (i: number) => {
    const numbered = [Buffer.from(String(i))];
    signer.verify(Buffer.from(signer.sign(numbered)), numbered);
  };
  for (let i = 0; i <= 65_536; i++) verify(i);
  expect(() => verify(1)).toThrow(/came twice/);
  expect(() => verify(0)).not.toThrow();
});
