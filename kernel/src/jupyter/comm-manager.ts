import { MessageError } from "../errors.js";
import type { CommMessage } from "../session/session.js";
import { shown } from "./fields.js";
import type { Extras } from "./wire/message.js";

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

/** What comms need of the kernel. */
export interface CommOutlet {
  /** @param cell msg_id of the execute request whose code sends; undefined: the kernel itself */
  publish(msgType: string, content: object, cell: string | undefined, extras: Extras): void;
  /** Hands a message of a front end to the cells. */
  toCells(message: CommMessage): void;
}

/** Who answers on this side: the kernel itself, or code of cells on the main thread. */
type OpenComm = { readonly target: string; readonly own: Comm | undefined };

const FROM_CELLS = { open: "comm_open", message: "comm_msg", close: "comm_close" } as const;

/**
 * The comms of a kernel: which are open, and who answers those that a front end opens.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
 */
export class CommManager {
  readonly #outlet: CommOutlet;
  readonly #targets = new Map<string, (comm: Comm, data: unknown) => void>();
  readonly #cellTargets = new Set<string>();
  readonly #comms = new Map<string, OpenComm>();

  constructor(outlet: CommOutlet) {
    this.#outlet = outlet;
  }

  /** From now on `onOpen` gets every comm that a front end opens with this target name. */
  registerTarget(name: string, onOpen: (comm: Comm, data: unknown) => void): void {
    this.#targets.set(name, onOpen);
  }

  /** From now on cells get every comm that a front end opens with this target name, unless the kernel has it. */
  registerCellTarget(name: string): void {
    this.#cellTargets.add(name);
  }

  /** A cell opened, used or closed a comm. */
  fromCell(cell: string, { event, id, target, data, metadata, buffers }: CommMessage): void {
    if (event === "open") this.#comms.set(id, { target: target ?? "", own: undefined });
    // The front end closed it while the message was on its way.
    if (!this.#comms.has(id)) return;
    if (event === "close") this.#comms.delete(id);
    const content = event === "open" ? { comm_id: id, target_name: target, data } : { comm_id: id, data };
    this.#outlet.publish(FROM_CELLS[event], content, cell, { metadata, buffers });
  }

  /** A front end opened, used or closed a comm. */
  fromClient(message: CommMessage): void {
    if (message.event === "open") this.#opened(message);
    else if (message.event === "message") this.#received(message);
    else this.#closed(message);
  }

  /** Open comms by id, all or those of one target. */
  info(target: string | undefined): Readonly<Record<string, { readonly target_name: string }>> {
    const open = [...this.#comms].filter(([, comm]) => target === undefined || comm.target === target);
    return Object.fromEntries(open.map(([id, comm]) => [id, { target_name: comm.target }]));
  }

  /** One with an unknown target is closed at once, as the specification asks. */
  #opened(message: CommMessage): void {
    const { id, target = "", data } = message;
    const onOpen = this.#targets.get(target);
    // An id that is opened again is another comm: the one before must not go on under its name.
    this.#closed({ ...message, event: "close", data: {}, buffers: [] });
    if (onOpen !== undefined) {
      const comm = this.#newComm(id);
      this.#comms.set(id, { target, own: comm });
      onOpen(comm, data);
    } else if (this.#cellTargets.has(target)) {
      this.#comms.set(id, { target, own: undefined });
      this.#outlet.toCells(message);
    } else {
      this.#publish("comm_close", id, {});
      throw new MessageError(`A comm was opened with the unknown target ${shown(target)}`, { target });
    }
  }

  /** A message for a comm that is closed here is dropped. */
  #received(message: CommMessage): void {
    const comm = this.#comms.get(message.id);
    if (comm?.own) comm.own.onMessage?.(message.data);
    else if (comm) this.#outlet.toCells(message);
  }

  #closed(message: CommMessage): void {
    const comm = this.#comms.get(message.id);
    this.#comms.delete(message.id);
    if (comm?.own) comm.own.onClose?.();
    else if (comm) this.#outlet.toCells(message);
  }

  #newComm(id: string): Comm {
    const comm: Comm = {
      id,
      send: (data) => {
        if (this.#comms.get(id)?.own === comm) this.#publish("comm_msg", id, data);
      },
      close: () => {
        if (this.#comms.get(id)?.own !== comm) return;
        this.#comms.delete(id);
        this.#publish("comm_close", id, {});
      },
      onMessage: undefined,
      onClose: undefined,
    };
    return comm;
  }

  #publish(msgType: string, id: string, data: object): void {
    this.#outlet.publish(msgType, { comm_id: id, data }, undefined, {});
  }
}
