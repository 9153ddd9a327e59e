/** Output on its way to the service thread above which the main thread waits, in characters. */
const MAX_BACKLOG = 1 << 20;
/** What posted output costs besides its characters, in characters. */
const POST_COST = 100;

const KERNEL_CODE = 0;
const BACKLOG = 1;
const CLOSED = 2;
const CUTTING = 3;
const INPUTS = 4;

/** Words that the main thread and the service thread share: what each must know of the other at once. */
export class SharedState {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer = new SharedArrayBuffer(20)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** Main thread: from here on runs code of the kernel, which an interrupt must not cut. */
  enterKernelCode(): void {
    Atomics.store(this.#words, KERNEL_CODE, 1);
  }

  /** Main thread: from here on may run code of the user, which an interrupt may cut. */
  leaveKernelCode(): void {
    Atomics.store(this.#words, KERNEL_CODE, 0);
  }

  get isInKernelCode(): boolean {
    return Atomics.load(this.#words, KERNEL_CODE) === 1;
  }

  /** Service thread: until `endCut`, an error without a catcher on the main thread may be the mark of a cut. */
  startCut(): void {
    Atomics.store(this.#words, CUTTING, 1);
  }

  endCut(): void {
    Atomics.store(this.#words, CUTTING, 0);
  }

  get isCutting(): boolean {
    return Atomics.load(this.#words, CUTTING) === 1;
  }

  /** Main thread: output of `size` characters was posted. Waits while too many are under way, which bounds the memory of a flood. */
  outputPosted(size: number): void {
    const cost = size + POST_COST;
    let backlog = Atomics.add(this.#words, BACKLOG, cost) + cost;
    while (backlog > MAX_BACKLOG) {
      Atomics.wait(this.#words, BACKLOG, backlog);
      backlog = Atomics.load(this.#words, BACKLOG);
    }
  }

  /** Service thread: output of `size` characters has come. */
  outputReceived(size: number): void {
    const before = Atomics.sub(this.#words, BACKLOG, size + POST_COST);
    if (before > MAX_BACKLOG) Atomics.notify(this.#words, BACKLOG);
  }

  /** Main thread: how many inputs have been answered; to be read before `waitForInput` looks for an answer. */
  get answeredInputs(): number {
    return Atomics.load(this.#words, INPUTS);
  }

  /** Main thread: blocks until more inputs than `answered` have been answered. */
  waitForInput(answered: number): void {
    Atomics.wait(this.#words, INPUTS, answered);
  }

  /** Service thread: the answer to an input is in its port. */
  inputAnswered(): void {
    Atomics.add(this.#words, INPUTS, 1);
    Atomics.notify(this.#words, INPUTS);
  }

  /** Service thread: the sockets are closed, the process may end. */
  markClosed(): void {
    Atomics.store(this.#words, CLOSED, 1);
    Atomics.notify(this.#words, CLOSED);
  }

  /** Main thread: blocks until the sockets are closed; ending the process earlier aborts it (zeromq.js#411). */
  waitUntilClosed(timeoutMs: number): void {
    Atomics.wait(this.#words, CLOSED, 0, timeoutMs);
  }
}
