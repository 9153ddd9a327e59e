import { readSync } from "node:fs";
import type { StreamName } from "../session/session.js";

/** A pipe of Linux and macOS holds so much: who has read it has read all that was written before. In bytes. */
const PIPE_BYTES = 64 << 10;

/** What the service thread needs to read what is written to descriptors 1 and 2. */
export interface NativeHandle {
  /** descriptors of the ends to read, which never block */
  readonly ends: Readonly<Record<StreamName, number>>;
  /** descriptor of the standard error that the process was born with: for the log */
  readonly log: number;
  /** buffer of the `OutputTurn` */
  readonly turn: SharedArrayBuffer;
}

/** What to do with bytes that were written to a stream. */
export type OnBytes = (name: StreamName, bytes: Uint8Array) => void;

/** Hands over everything that was written before the call. @returns how many bytes */
export function readPipes({ ends }: NativeHandle, onBytes: OnBytes): number {
  return (
    readPipe(ends.stdout, (bytes) => onBytes("stdout", bytes)) +
    readPipe(ends.stderr, (bytes) => onBytes("stderr", bytes))
  );
}

/** Whoever goes on writing meanwhile cannot hold up the reader: it stops after what the pipe can hold. */
function readPipe(fd: number, onBytes: (bytes: Uint8Array) => void): number {
  let total = 0;
  while (total < PIPE_BYTES) {
    const bytes = readSome(fd);
    if (bytes.length === 0) break;
    total += bytes.length;
    onBytes(bytes);
  }
  return total;
}

const buffer = new Uint8Array(PIPE_BYTES);

function readSome(fd: number): Uint8Array {
  try {
    return buffer.slice(0, readSync(fd, buffer));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return buffer.subarray(0, 0);
    throw error;
  }
}
