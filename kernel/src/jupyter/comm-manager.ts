import { MessageError } from "../errors.js";
import { shown } from "./fields.js";

/** One open channel between the kernel and a view in the front end. */
export interface Comm {
  readonly id: string;
  /** Sends `data` to the other side; nothing happens after a close. */
  send(data: object): void;
  close(): void;
  /** called with the data of each message of the other side */
  onMessage: ((data: unknown) => void) | undefined;
  /** called once, when the other side closed */
  onClose: (() => void) | undefined;
}

interface OpenComm extends Comm {
  readonly target: string;
}

/**
 * The comms of a kernel: which are open, and who answers those that a front end opens.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
 */
export class CommManager {
  readonly #publish: (msgType: string, content: object) => void;
  readonly #targets = new Map<string, (comm: Comm, data: unknown) => void>();
  readonly #comms = new Map<string, OpenComm>();

  constructor(publish: (msgType: string, content: object) => void) {
    this.#publish = publish;
  }

  /** From now on `onOpen` gets every comm that a front end opens with this target name. */
  registerTarget(name: string, onOpen: (comm: Comm, data: unknown) => void): void {
    this.#targets.set(name, onOpen);
  }

  /** A front end opened a comm; one with an unknown target is closed at once, as the specification asks. */
  opened(id: string, target: string, data: unknown): void {
    const onOpen = this.#targets.get(target);
    if (onOpen === undefined) {
      this.#publish("comm_close", { comm_id: id, data: {} });
      throw new MessageError(`A comm was opened with the unknown target ${shown(target)}`, { target });
    }
    // An id that is opened again is another comm: the one before must not go on under its name.
    this.closed(id);
    const comm = this.#newComm(id, target);
    this.#comms.set(id, comm);
    onOpen(comm, data);
  }

  /** A front end sent a message; one for a comm that is closed here is dropped. */
  received(id: string, data: unknown): void {
    this.#comms.get(id)?.onMessage?.(data);
  }

  /** A front end closed a comm. */
  closed(id: string): void {
    const comm = this.#comms.get(id);
    this.#comms.delete(id);
    comm?.onClose?.();
  }

  /** Open comms by id, all or those of one target. */
  info(target: string | undefined): Readonly<Record<string, { readonly target_name: string }>> {
    const open = [...this.#comms.values()].filter((comm) => target === undefined || comm.target === target);
    return Object.fromEntries(open.map((comm) => [comm.id, { target_name: comm.target }]));
  }

  #newComm(id: string, target: string): OpenComm {
    return {
      id,
      target,
      send: (data) => {
        if (this.#comms.has(id)) this.#publish("comm_msg", { comm_id: id, data });
      },
      close: () => {
        if (this.#comms.delete(id)) this.#publish("comm_close", { comm_id: id, data: {} });
      },
      onMessage: undefined,
      onClose: undefined,
    };
  }
}
