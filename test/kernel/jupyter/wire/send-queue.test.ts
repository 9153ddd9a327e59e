import type { Frame } from "../../../../kernel/src/jupyter/wire/codec.js";
import { SendQueue } from "../../../../kernel/src/jupyter/wire/send-queue.js";

/** Refuses, as zeromq.js does, a send while another is under way. */
class StrictSocket {
  readonly sent: Frame[] = [];
  #isBusy = false;
  async send([frame]: Frame[]): Promise<void> {
    if (this.#isBusy) throw new Error("EBUSY");
    if (String(frame) === "bad") throw new Error("unreachable");
    this.#isBusy = true;
    await new Promise((resolve) => setImmediate(resolve));
    this.#isBusy = false;
    this.sent.push(frame!);
  }
}

test("messages leave one at a time in the order they were given", async () => {
  const socket = new StrictSocket();
  const errors: unknown[] = [];
  const queue = new SendQueue(socket, (error) => errors.push(error));
  for (const frame of ["1", "2", "3", "4"]) queue.send([Buffer.from(frame)]);
  await queue.drained();
  expect(socket.sent.map(String)).toEqual(["1", "2", "3", "4"]);
  expect(errors).toEqual([]);
});

test("a message that cannot be sent is reported and the next ones leave", async () => {
  const socket = new StrictSocket();
  const errors: unknown[] = [];
  const queue = new SendQueue(socket, (error) => errors.push(error));
  for (const frame of ["1", "bad", "2"]) queue.send([Buffer.from(frame)]);
  await queue.drained();
  expect(socket.sent.map(String)).toEqual(["1", "2"]);
  expect(errors.map(String)).toEqual(["Error: unreachable"]);
});
