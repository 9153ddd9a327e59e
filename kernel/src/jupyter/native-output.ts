import { closeSync, openSync } from "node:fs";
import process from "node:process";
import { type Libc, loadLibc } from "./libc.js";
import { type NativeHandle, type OnBytes, readPipes } from "./native-pipes.js";
import { OutputTurn } from "./output-turn.js";

/**
 * Takes what is written past Node's streams: by children with inherited descriptors, by native code, by
 * `fs.writeSync(1, ...)`. Descriptors 1 and 2 of the process become pipes, which the service thread reads, also
 * while this thread is blocked by a child; descriptor 0 becomes empty, because nobody could type.
 */
export class NativeOutput {
  /** for the service thread */
  readonly handle: NativeHandle;
  readonly #libc: Libc;
  readonly #turn = new OutputTurn();
  readonly #stdout: number;
  readonly #hasUnread: () => boolean;

  private constructor(libc: Libc) {
    this.#libc = libc;
    this.#stdout = libc.privateCopy(1);
    const log = libc.privateCopy(2);
    const [stdout, stderr] = [libc.pipe(), libc.pipe()];
    this.handle = { ends: { stdout: stdout.read, stderr: stderr.read }, log, turn: this.#turn.buffer };
    this.#hasUnread = libc.watch([stdout.read, stderr.read]);
    libc.unbufferOutput();
    libc.sendCrashReports(log);
    for (const [at, fd] of [openSync("/dev/null", "r"), stdout.write, stderr.write].entries()) {
      libc.pointTo(fd, at);
      closeSync(fd);
    }
  }

  /**
   * Captures from here on.
   * @throws if that is not possible here: on Windows, or without the package koffi
   */
  static capture(): NativeOutput {
    const libc = loadLibc();
    // Node makes the descriptor of a stream that is a pipe non-blocking when it opens it, which children would
    // suffer from. So the streams are opened while the descriptors are still what they were.
    void [process.stdout, process.stderr];
    return new NativeOutput(libc);
  }

  /** Main thread: posts output of a cell, after what was written natively before. */
  postInOrder(post: () => void, onNative: OnBytes): void {
    this.#turn.take(() => {
      if (this.#hasUnread()) readPipes(this.handle, onNative);
      post();
    });
  }

  /** Gives descriptors 1 and 2 back: what is written while the process ends must not wait for a reader. */
  release(): void {
    this.#libc.pointTo(this.#stdout, 1);
    this.#libc.pointTo(this.handle.log, 2);
  }
}
