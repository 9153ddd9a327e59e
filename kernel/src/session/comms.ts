/**
 * Comms: channels between code of cells and views in the front end, such as widgets.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
 * @module
 */
import { CommError } from "../errors.js";
import { threadGlobal } from "../thread-global.js";

/** What goes over a comm besides its data. */
export interface CommExtras {
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** binary data, sent as it is; copied first, so the cell may go on changing its own */
  readonly buffers?: readonly (ArrayBufferLike | ArrayBufferView)[];
}

/** What came over a comm. */
export interface CommEvent {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** each with a memory of its own: `new Float64Array(buffers[0].buffer)` */
  readonly buffers: readonly Uint8Array[];
}

/** Is told of what came; what it prints and throws is shown by the cell that opened the comm or registered its target. */
export type CommListener = (event: CommEvent) => unknown;

/** One open channel to a view in the front end. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  /** Sends to the view; nothing happens after a close. @throws {CommError} if the data is no object that JSON can hold */
  send(data?: object, extras?: CommExtras): void;
  /** Ends the comm on both sides. */
  close(data?: object, extras?: CommExtras): void;
  /** called with each message of the view, in their order, between cells and while a cell awaits */
  onMessage: CommListener | undefined;
  /** called once, when the view closed the comm */
  onClose: CommListener | undefined;
}

/** Opens comms and waits for those that a front end opens. */
export interface Comms {
  /**
   * Opens a comm to what the front end has registered under a name.
   * @throws {CommError} if the data is no object that JSON can hold
   * @example const comm = comms.open("my-view", { data: { zoom: 2 } })
   */
  open(target: string, options?: CommExtras & { readonly data?: object }): Comm;
  /**
   * From now on `onOpen` gets every comm that a front end opens under this name.
   * @example comms.registerTarget("echo", (comm) => { comm.onMessage = ({ data, buffers }) => comm.send(data, { buffers }) })
   */
  registerTarget(target: string, onOpen: (comm: Comm, event: CommEvent) => unknown): void;
}

interface Slot {
  comms: Comms | undefined;
}

// A notebook may load a second copy of this package: there is one front end.
const slot = threadGlobal<Slot>("comms", () => ({ comms: undefined }));

/**
 * Opens comms and waits for those that a front end opens.
 * @example comms.registerTarget("echo", (comm) => { comm.onMessage = ({ data }) => comm.send(data) })
 * @example const comm = comms.open("my-view", { data: { zoom: 2 }, buffers: [new Float64Array([1, 2])] })
 */
export const comms: Comms = {
  open: (target, options) => ofNotebook("comms.open").open(target, options),
  registerTarget: (target, onOpen) => ofNotebook("comms.registerTarget").registerTarget(target, onOpen),
};

/** The comms of the notebook whose cells this thread runs; without one there are none. */
export function setComms(ofSession: Comms | undefined): void {
  slot.comms = ofSession;
}

function ofNotebook(name: string): Comms {
  if (slot.comms !== undefined) return slot.comms;
  throw new CommError(`${name} reaches no front end here: call it in a cell of a notebook`);
}
