import type { Header } from "./wire/message.js";

/** A timer of a cell may print long after; a thousand cells later its output has no place any more. */
const REMEMBERED = 1000;

/** Headers of the last execute requests, so that late output still goes to the cell that started it. */
export class RecentRequests {
  readonly #requests = new Map<string, { readonly header: Header; readonly silent: boolean }>();

  /** @param silent the request asked that nothing be published */
  remember(header: Header, silent: boolean): void {
    this.#requests.set(header.msg_id, { header, silent });
    if (this.#requests.size <= REMEMBERED) return;
    const [oldest] = this.#requests.keys();
    this.#requests.delete(oldest);
  }

  /** Header of the request with this msg_id, if it is known. */
  headerOf(cell: string | undefined): Header | undefined {
    return cell === undefined ? undefined : this.#requests.get(cell)?.header;
  }

  isSilent(cell: string | undefined): boolean {
    return cell !== undefined && this.#requests.get(cell)?.silent === true;
  }
}
