import process from "node:process";
import { StringDecoder } from "node:string_decoder";
import type { StreamName } from "./session.js";

type Done = (error?: Error | null) => void;

const original = { stdout: process.stdout.write, stderr: process.stderr.write };

/** Writes to the real standard error: for the kernel's own log, never shown in a cell. */
export function log(text: string): void {
  Reflect.apply(original.stderr, process.stderr, [text]);
}

/**
 * Sends everything written to standard output and error, and so `console`, to `receive` until the returned
 * function is called. What child processes and native code write is not seen.
 */
export function captureStreams(receive: (name: StreamName, text: string) => void): () => void {
  const restores = (["stdout", "stderr"] as const).map((name) => capture(name, (text) => receive(name, text)));
  return () => {
    for (const restore of restores) restore();
  };
}

function capture(name: StreamName, receive: (text: string) => void): () => void {
  const stream = process[name];
  const { write, isTTY } = stream;
  const decoder = new StringDecoder("utf8");
  stream.write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean => {
    const text = typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk));
    if (text !== "") receive(text);
    const callback = typeof encoding === "function" ? encoding : done;
    if (callback) process.nextTick(callback);
    return true;
  };
  // A cell is no terminal, even if the kernel was started from one: no colours, no cursor movement.
  stream.isTTY = false;
  return () => {
    stream.write = write;
    stream.isTTY = isTTY;
  };
}
