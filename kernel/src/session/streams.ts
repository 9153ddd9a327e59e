import { Buffer } from "node:buffer";
import { writeSync } from "node:fs";
import process from "node:process";
import { StringDecoder } from "node:string_decoder";
import type { StreamName } from "./session.js";

type Done = (error?: Error | null) => void;
type Encoding = BufferEncoding | Done;

/** Standard error, unless what is written there is captured too. */
let logDescriptor = 2;

/** The kernel's own log goes to this descriptor from here on. */
export function setLogDescriptor(descriptor: number): void {
  logDescriptor = descriptor;
}

/** Writes to the kernel's own log, which the server shows; never shown in a cell. */
export function log(text: string): void {
  try {
    writeSync(logDescriptor, text);
  } catch {
    // The pipe to the server is full or closed; there is nowhere else to say it.
  }
}

/**
 * Sends everything written to standard output and error, and so `console`, to `receive` until the returned
 * function is called. What child processes and native code write does not come this way.
 */
export function captureStreams(receive: (name: StreamName, text: string) => void): () => void {
  const restores = (["stdout", "stderr"] as const).map((name) => capture(name, (text) => receive(name, text)));
  return () => {
    for (const restore of restores) restore();
  };
}

/**
 * The stream keeps no state of its own, so that an interrupt in the middle of a write does no harm, and it cannot be
 * ended: later cells print too.
 */
function capture(name: StreamName, receive: (text: string) => void): () => void {
  const stream = process[name];
  const decoder = new StringDecoder("utf8");
  const write = (chunk: string | Uint8Array, encoding?: Encoding, done?: Done): boolean => {
    const text = textOf(chunk, encoding, decoder);
    if (text !== "") receive(text);
    callBack(encoding, done);
    return true;
  };
  const end = (chunk?: string | Uint8Array | Done | null, encoding?: Encoding, done?: Done) => {
    if (typeof chunk === "function") callBack(chunk, undefined);
    else if (chunk === undefined || chunk === null) callBack(encoding, done);
    else write(chunk, encoding, done);
    // Who waits for the end of the stream, as `pipeline` does, hears of it.
    process.nextTick(() => stream.emit("finish") && stream.emit("close"));
    return stream;
  };
  // A cell is no terminal, even if the kernel was started from one: no width, no colours, no cursor movement.
  const noTerminal = {
    isTTY: false,
    columns: undefined,
    rows: undefined,
    hasColors: () => false,
    getColorDepth: () => 1,
  };
  return replaced(stream, { write, end, destroy: () => stream, ...noTerminal });
}

function textOf(chunk: string | Uint8Array, encoding: Encoding | undefined, decoder: StringDecoder): string {
  if (typeof chunk !== "string") return decoder.write(Buffer.from(chunk));
  const isText = typeof encoding !== "string" || /^utf-?8$/i.test(encoding);
  return isText ? chunk : decoder.write(Buffer.from(chunk, encoding));
}

function callBack(encoding: Encoding | undefined, done: Done | undefined): void {
  const callback = typeof encoding === "function" ? encoding : done;
  if (callback) process.nextTick(callback);
}

/** Gives an object other properties. @returns gives it back those it had */
function replaced(target: object, properties: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(properties).map((key) => [key, Object.getOwnPropertyDescriptor(target, key)] as const);
  for (const [key, value] of Object.entries(properties)) {
    Object.defineProperty(target, key, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [key, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(target, key);
      else Object.defineProperty(target, key, descriptor);
    }
  };
}
