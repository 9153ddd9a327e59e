/**
 * A kernel as JupyterLab shows it to a page, without a kernel: what the page sends is kept, what the kernel says is up to
 * the test.
 */
import type { FrontEndComm, KernelLink } from "../../extension/src/renderer/comm-client.js";

export class FakeSignal<T> {
  readonly #slots = new Set<(sender: unknown, args: T) => void>();
  connect(slot: (sender: unknown, args: T) => void): boolean {
    this.#slots.add(slot);
    return true;
  }
  disconnect(slot: (sender: unknown, args: T) => void): boolean {
    return this.#slots.delete(slot);
  }
  emit(args: T): void {
    for (const slot of [...this.#slots]) slot(undefined, args);
  }
  get size(): number {
    return this.#slots.size;
  }
}

export class FakeComm implements FrontEndComm {
  readonly sent: unknown[] = [];
  isDisposed = false;
  onMsg: (message: never) => void = () => {};
  onClose: (message: never) => void = () => {};
  open(): void {
    this.sent.push("open");
  }
  send(data: unknown): void {
    this.sent.push(data);
  }
  close(): void {
    this.sent.push("close");
    this.isDisposed = true;
    this.onClose({} as never);
  }
  /** What the kernel says. */
  hear(data: unknown): void {
    this.onMsg({ content: { data } } as never);
  }
}

export class FakeKernel implements KernelLink {
  connectionStatus = "connected";
  handleComms = true;
  readonly comms: FakeComm[] = [];
  createComm(): FakeComm {
    this.comms.push(new FakeComm());
    return this.comms.at(-1)!;
  }
}
