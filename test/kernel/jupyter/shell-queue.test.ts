import { type QueuedCell, ShellQueue } from "../../../kernel/src/jupyter/shell-queue.js";
import { newMessage } from "../../../kernel/src/jupyter/wire/message.js";

const request = () => newMessage("execute_request", { code: "1" }, undefined);

test("an abort reaches the cell that is served and has not begun, and those behind it", async () => {
  const reasons: (string | undefined)[] = [];
  let begin: () => void = () => undefined;
  const mayBegin = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const done = new Promise<void>((resolve) => {
    // As the server does while an interrupt goes on: it holds the cell back and then looks whether it may run.
    const queue = new ShellQueue(async (cell: QueuedCell) => {
      await mayBegin;
      reasons.push(cell.aborted);
      if (reasons.length === 2) resolve();
    });
    queue.add("shell", request());
    queue.add("shell", request());
    queue.abort("the kernel was interrupted");
    begin();
  });
  await done;
  expect(reasons).toEqual(["the kernel was interrupted", "the kernel was interrupted"]);
});

test("an abort does not reach cells that come later", async () => {
  const reasons: (string | undefined)[] = [];
  const queue = new ShellQueue(async (cell) => {
    reasons.push(cell.aborted);
  });
  queue.abort("the kernel was interrupted");
  queue.add("shell", request());
  expect(reasons).toEqual([undefined]);
});
