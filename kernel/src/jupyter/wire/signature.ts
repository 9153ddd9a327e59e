import { createHmac, timingSafeEqual } from "node:crypto";
import { MessageError } from "../../errors.js";

/** Signatures remembered against replay; jupyter_client remembers as many. */
const REMEMBERED = 65_536;

/**
 * Signs messages and checks signatures with HMAC-SHA256 over the four JSON frames.
 * An empty key means unsigned messages, as the specification allows.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#wire-protocol
 */
export class Signer {
  readonly #key: string;
  readonly #seen = new Set<string>();

  constructor(key: string) {
    this.#key = key;
  }

  /** The signature in hexadecimal digits; empty without a key. */
  sign(frames: readonly (Uint8Array | string)[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac("sha256", this.#key);
    for (const frame of frames) hmac.update(frame);
    return hmac.digest("hex");
  }

  /**
   * Checks the signature of a received message.
   * @throws {MessageError} if it is wrong, or a message with this signature came before
   */
  verify(signature: Uint8Array, frames: readonly Uint8Array[]): void {
    if (this.#key === "") return;
    const expected = this.sign(frames);
    const bytes = Buffer.from(expected);
    if (bytes.length !== signature.length || !timingSafeEqual(bytes, signature)) {
      throw new MessageError("A message has a wrong signature: the client must use the key of the connection file");
    }
    if (this.#seen.has(expected)) {
      throw new MessageError("A message came twice with one signature: a client gives every message an own msg_id", {
        signature: expected,
      });
    }
    this.#remember(expected);
  }

  #remember(signature: string): void {
    this.#seen.add(signature);
    if (this.#seen.size <= REMEMBERED) return;
    const [oldest] = this.#seen;
    this.#seen.delete(oldest);
  }
}
