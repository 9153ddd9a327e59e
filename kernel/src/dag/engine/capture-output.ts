/**
 * What tasks print goes to the cell that started them, not to the terminal of the kernel.
 * @module
 */
import type { MessagePort } from "node:worker_threads";
import type { OutputMessage } from "./batch.js";

/**
 * Sends what this thread writes to stdout and stderr through `port`. A worker's message leaves at once, also
 * from the middle of a synchronous task, while Node's own streams of a worker wait for its event loop.
 * @param ticket the running task; undefined between tasks, when text goes where it went before
 */
export function captureOutput(port: MessagePort, ticket: () => number | undefined): void {
  for (const name of ["stdout", "stderr"] as const) {
    const stream = process[name];
    const write = stream.write.bind(stream);
    const capture = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      const task = ticket();
      if (task === undefined) return Reflect.apply(write, stream, [chunk, ...rest]);
      const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
      port.postMessage({ ticket: task, name, text } satisfies OutputMessage);
      const done = rest.at(-1);
      if (typeof done === "function") queueMicrotask(() => done());
      return true;
    };
    stream.write = capture;
  }
}
