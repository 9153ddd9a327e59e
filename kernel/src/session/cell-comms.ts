import { randomUUID } from "node:crypto";
import { types } from "node:util";
import { CommError } from "../errors.js";
import { hasPlainPrototype, isObject } from "../kinds.js";
import type { Comm, CommEvent, CommExtras, CommListener, Comms } from "./comms.js";
import { toJson } from "./display/to-json.js";
import type { CommMessage } from "./session.js";

/** What comms need of the session whose cells use them. */
export interface CommHost {
  /** id of the cell whose code runs now */
  currentCell(): string;
  /** Runs code so that its output belongs to a cell. */
  runAs(cell: string, work: () => void): void;
  /** Shows an error as output of the cell whose code runs now. */
  warn(error: unknown): void;
  send(cell: string, message: CommMessage): void;
  /** Comms that a front end opens for this target come from now on. */
  target(name: string): void;
}

interface Target {
  /** registered it */
  readonly cell: string;
  readonly onOpen: (comm: Comm, event: CommEvent) => unknown;
}

/** The comms that cells opened or answer. */
export class CellComms implements Comms {
  readonly #host: CommHost;
  readonly #targets = new Map<string, Target>();
  readonly #comms = new Map<string, CellComm>();

  constructor(host: CommHost) {
    this.#host = host;
  }

  open(target: string, { data, ...extras }: CommExtras & { readonly data?: object } = {}): Comm {
    const comm = this.#newComm(randomUUID(), nameOf("comms.open", target), this.#host.currentCell());
    comm.open(data, extras);
    this.#comms.set(comm.id, comm);
    return comm;
  }

  registerTarget(target: string, onOpen: (comm: Comm, event: CommEvent) => unknown): void {
    if (typeof onOpen !== "function") {
      throw new CommError(`comms.registerTarget got ${typeof onOpen}: give a function that is called with each comm`);
    }
    this.#targets.set(nameOf("comms.registerTarget", target), { cell: this.#host.currentCell(), onOpen });
    this.#host.target(target);
  }

  /** A front end opened, used or closed a comm; one that is closed here is none of ours. */
  receive(message: CommMessage): void {
    const { event, id } = message;
    if (event === "open") {
      this.#opened(message);
      return;
    }
    const comm = this.#comms.get(id);
    if (event === "close") this.#comms.delete(id);
    this.#tell(comm?.cell, event === "close" ? comm?.onClose : comm?.onMessage, message);
  }

  #opened(message: CommMessage): void {
    const target = this.#targets.get(message.target ?? "");
    if (target === undefined) return;
    const comm = this.#newComm(message.id, message.target ?? "", target.cell);
    this.#comms.set(comm.id, comm);
    this.#tell(target.cell, (event) => target.onOpen(comm, event), message);
  }

  /** A failing listener is shown and the next one called all the same. */
  #tell(cell: string | undefined, listener: CommListener | undefined, message: CommMessage): void {
    if (cell === undefined || listener === undefined) return;
    const fail = (error: unknown) => this.#host.warn(error);
    this.#host.runAs(cell, () => {
      try {
        const result = listener(eventOf(message));
        if (types.isPromise(result)) result.catch(fail);
      } catch (error) {
        fail(error);
      }
    });
  }

  #newComm(id: string, target: string, cell: string): CellComm {
    const isOpen = () => this.#comms.has(id);
    const send = (message: CommMessage) => {
      if (message.event === "close") this.#comms.delete(id);
      this.#host.send(cell, message);
    };
    return new CellComm({ id, target, cell, isOpen, send });
  }
}

interface CellCommOptions {
  readonly id: string;
  readonly target: string;
  readonly cell: string;
  readonly isOpen: () => boolean;
  readonly send: (message: CommMessage) => void;
}

class CellComm implements Comm {
  readonly id: string;
  readonly target: string;
  onMessage: CommListener | undefined;
  onClose: CommListener | undefined;
  readonly #options: CellCommOptions;

  constructor(options: CellCommOptions) {
    this.id = options.id;
    this.target = options.target;
    this.#options = options;
  }

  /** The cell to which output of its listeners belongs. */
  get cell(): string {
    return this.#options.cell;
  }

  /** Tells the front end of this comm. */
  open(data: object | undefined, extras: CommExtras): void {
    this.#options.send({ ...this.#message("open", data, extras), target: this.target });
  }

  send(data?: object, extras: CommExtras = {}): void {
    if (this.#options.isOpen()) this.#options.send(this.#message("message", data, extras));
  }

  close(data?: object, extras: CommExtras = {}): void {
    if (this.#options.isOpen()) this.#options.send(this.#message("close", data, extras));
  }

  #message(event: CommMessage["event"], data: object | undefined, { metadata, buffers = [] }: CommExtras): CommMessage {
    return {
      event,
      id: this.id,
      data: jsonObject("data", data),
      metadata: jsonObject("metadata", metadata),
      buffers: buffers.map(copyOf),
    };
  }
}

function eventOf({ data, metadata, buffers }: CommMessage): CommEvent {
  // The specification has nothing but objects as data.
  return { data: isObject(data) && hasPlainPrototype(data) ? data : {}, metadata, buffers };
}

function nameOf(caller: string, target: string): string {
  if (typeof target === "string" && target !== "") return target;
  throw new CommError(`${caller} got the target ${JSON.stringify(target)}: give the name under which the view waits`);
}

function jsonObject(what: string, value: object | undefined): Record<string, unknown> {
  if (value === undefined) return {};
  const copy = jsonOf(what, value);
  if (isObject(copy) && hasPlainPrototype(copy)) return copy;
  throw new CommError(`The ${what} of a comm message is ${JSON.stringify(copy)}: give an object, as { value: 1 }`);
}

function jsonOf(what: string, value: object): unknown {
  try {
    return toJson(value);
  } catch (cause) {
    throw new CommError(`The ${what} of a comm message cannot be written as JSON: ${String(cause)}`, {}, { cause });
  }
}

/** Own bytes: the cell may change its own at once, and these leave the thread. */
function copyOf(buffer: ArrayBufferLike | ArrayBufferView): Uint8Array {
  // `slice` copies into memory of its own, also from memory that threads share.
  if (ArrayBuffer.isView(buffer)) return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).slice();
  if (types.isAnyArrayBuffer(buffer)) return new Uint8Array(buffer).slice();
  throw new CommError(`A buffer of a comm message is ${typeof buffer}: give an ArrayBuffer or a typed array`);
}
