import type { DisplayContent, StreamName } from "../session/session.js";
import type { RecentRequests } from "./recent-requests.js";
import { StreamBatches } from "./stream-batches.js";
import { type Content, type Extras, type Header, type Message, newMessage } from "./wire/message.js";

/** Everything a kernel publishes to all its clients, in order. */
export class IOPub {
  readonly #send: (message: Message) => void;
  readonly #requests: RecentRequests;
  readonly #streams: StreamBatches;

  constructor(send: (message: Message) => void, requests: RecentRequests) {
    this.#send = send;
    this.#requests = requests;
    this.#streams = new StreamBatches(({ cell, name, texts }) =>
      this.#sendOf(cell, "stream", { name, text: texts.join("") }),
    );
  }

  /** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-status */
  status(state: "starting" | "busy" | "idle", parent: Header | undefined): void {
    this.#streams.flush();
    this.#send(newMessage("status", { execution_state: state }, parent));
  }

  /**
   * Publishes a message as output of a cell.
   * @param cell msg_id of its execute request; undefined: of no cell
   */
  publish(msgType: string, content: object, cell: string | undefined): void {
    this.#streams.flush();
    this.#sendOf(cell, msgType, content as Content);
  }

  /** Publishes a message of a comm, also one of a silent cell: silence hides what is shown, nothing else. */
  comm(msgType: string, content: object, cell: string | undefined, extras: Extras): void {
    this.#streams.flush();
    this.#send(newMessage(msgType, content as Content, this.#requests.headerOf(cell), extras));
  }

  stream(cell: string, name: StreamName, text: string): void {
    if (text !== "") this.#streams.add(cell, name, text);
  }

  display(cell: string, { data, metadata, displayId, update }: DisplayContent): void {
    const transient = displayId === undefined ? {} : { display_id: displayId };
    this.publish(update ? "update_display_data" : "display_data", { data, metadata, transient }, cell);
  }

  clearOutput(cell: string, wait: boolean): void {
    this.publish("clear_output", { wait }, cell);
  }

  /** Publishes the text that waits for more of its kind. */
  flush(): void {
    this.#streams.flush();
  }

  #sendOf(cell: string | undefined, msgType: string, content: Content): void {
    if (this.#requests.isSilent(cell)) return;
    this.#send(newMessage(msgType, content, this.#requests.headerOf(cell)));
  }
}
