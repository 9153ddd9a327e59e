import { type Kernel, KernelMessage } from "@jupyterlab/services";
import { UUID } from "@lumino/coreutils";
import type { FrontEndComm, KernelLink, KernelSource } from "../renderer/comm-client.js";

type CommOpen = KernelMessage.ICommOpenMsg<"shell">;
type CommMsg = KernelMessage.ICommMsgMsg<"shell">;
type CommClose = KernelMessage.ICommCloseMsg<"shell">;

/** What messages of comms hold, whatever their type. */
interface CommContent {
  readonly comm_id: string;
  readonly data: unknown;
}

/**
 * A kernel of which no document is open. JupyterLab gives the comms of a kernel to ONE connection: to take it would
 * leave the widgets of a notebook that is opened later without. So this one does without JupyterLab's comms and speaks
 * their messages itself.
 * @param connection made with `handleComms: false`
 */
export function sourceOf(connection: Kernel.IKernelConnection): KernelSource {
  return {
    session: { kernel: linkOf(connection) },
    // A restart keeps the connection; another kernel is another source.
    kernelChanged: { connect: () => true, disconnect: () => true },
    statusChanged: connection.statusChanged,
    connectionStatusChanged: connection.connectionStatusChanged,
    disposed: connection.disposed,
  };
}

function linkOf(connection: Kernel.IKernelConnection): KernelLink {
  return {
    get connectionStatus() {
      return connection.connectionStatus;
    },
    handleComms: true,
    createComm: (target) => new PlainComm(connection, target),
  };
}

class PlainComm implements FrontEndComm {
  onMsg: FrontEndComm["onMsg"] = () => {};
  onClose: FrontEndComm["onClose"] = () => {};
  isDisposed = false;
  readonly #id = UUID.uuid4();
  readonly #connection: Kernel.IKernelConnection;
  readonly #target: string;

  constructor(connection: Kernel.IKernelConnection, target: string) {
    this.#connection = connection;
    this.#target = target;
    connection.iopubMessage.connect(this.#receive);
    connection.disposed.connect(this.#end);
  }

  open(): void {
    const content = { comm_id: this.#id, target_name: this.#target, data: {} };
    this.#post(KernelMessage.createMessage<CommOpen>({ msgType: "comm_open", ...this.#sender, content }));
  }

  send(data: CommMsg["content"]["data"]): void {
    const content = { comm_id: this.#id, data };
    this.#post(KernelMessage.createMessage<CommMsg>({ msgType: "comm_msg", ...this.#sender, content }));
  }

  close(): void {
    if (this.isDisposed) return;
    const content = { comm_id: this.#id, data: {} };
    this.#post(KernelMessage.createMessage<CommClose>({ msgType: "comm_close", ...this.#sender, content }));
    this.#end();
  }

  get #sender() {
    const { clientId: session, username } = this.#connection;
    return { channel: "shell", session, username } as const;
  }

  #post(message: CommOpen | CommMsg | CommClose): void {
    this.#connection.sendShellMessage(message, false);
  }

  readonly #receive = (_sender: unknown, { header, content }: KernelMessage.IIOPubMessage): void => {
    const type: string = header.msg_type;
    if (type !== "comm_msg" && type !== "comm_close") return;
    const { comm_id, data } = content as CommContent;
    if (comm_id !== this.#id) return;
    if (type === "comm_msg") void this.onMsg({ content: { data } } as never);
    else {
      this.#end();
      void this.onClose({} as never);
    }
  };

  readonly #end = (): void => {
    this.isDisposed = true;
    this.#connection.iopubMessage.disconnect(this.#receive);
    this.#connection.disposed.disconnect(this.#end);
  };
}
