import { UnreadBytes } from "../../../../kernel/src/jupyter/wire/unread-bytes.js";

const KILOBYTE = 1024;

test("what is held is counted, with what a message costs besides its frames", async () => {
  const unread = new UnreadBytes();
  const frames = [Buffer.alloc(1000), Buffer.alloc(10_000)];
  unread.add(frames);
  expect(unread.atMost).toBe(11_000 + KILOBYTE);
  expect(await unread.exactly()).toBe(11_000 + KILOBYTE);
  expect(frames).toHaveLength(2);
});

test("what nobody holds any more is not counted after a collection", async () => {
  const unread = new UnreadBytes();
  const held = Buffer.alloc(5000);
  unread.add([held]);
  for (let n = 0; n < 100; n++) unread.add([Buffer.alloc(10_000)]);
  expect(unread.atMost).toBeGreaterThan(5000 + KILOBYTE);
  expect(await unread.exactly()).toBe(5000 + KILOBYTE);
  expect(held).toHaveLength(5000);
});
