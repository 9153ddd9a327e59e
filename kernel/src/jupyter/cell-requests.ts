import type { Payload } from "../session/session.js";
import type { Message } from "./wire/message.js";

/** The execute requests whose cells run, and what each shall bring back with its reply. */
export class CellRequests {
  readonly #running = new Map<string, { readonly request: Message; payloads: Payload[] }>();

  start(request: Message): void {
    this.#running.set(request.header.msg_id, { request, payloads: [] });
  }

  /** The request of a cell; undefined if it does not run (any more). */
  of(cell: string): Message | undefined {
    return this.#running.get(cell)?.request;
  }

  /** A cell wants its client to do something; one pager shows only the last page. */
  addPayload(cell: string, payload: Payload): void {
    const running = this.#running.get(cell);
    if (running === undefined) return;
    const others = running.payloads.filter(({ source }) => source !== "page" || payload.source !== "page");
    running.payloads = [...others, payload];
  }

  /** @returns what the client of the cell shall do */
  end(cell: string): readonly Payload[] {
    const payloads = this.#running.get(cell)?.payloads ?? [];
    this.#running.delete(cell);
    return payloads;
  }
}
