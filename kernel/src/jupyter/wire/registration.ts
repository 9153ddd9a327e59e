/**
 * The handshake by which a kernel that was given a registration file chooses its ports itself and tells them.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-startup-handshake
 * @module
 */
import { Dealer } from "zeromq";
import { MessageError } from "../../errors.js";
import { DELIMITER } from "./codec.js";
import { type Connection, channels, type Registration } from "./connection-file.js";
import type { Signer } from "./signature.js";

/** Whoever started the kernel waits for it, so it answers at once. */
const ANSWER_MS = 10_000;

/**
 * Tells whoever started this kernel its ports.
 * @throws {MessageError} if no signed answer comes
 */
export async function register(registration: Registration, { ports }: Connection, signer: Signer): Promise<void> {
  const fields = channels.map((channel) => [`${channel}_port`, String(ports[channel])]);
  const content = Buffer.from(JSON.stringify({ kernel_id: registration.kernelId, ...Object.fromEntries(fields) }));
  const socket = new Dealer({ linger: ANSWER_MS, receiveTimeout: ANSWER_MS });
  try {
    socket.connect(registration.address);
    await socket.send([DELIMITER, Buffer.from(signer.sign([content])), content]);
    const answer = await socket.receive();
    const [signature, ...parts] = answer.slice(answer.findIndex((frame) => DELIMITER.equals(frame)) + 1);
    signer.verify(signature ?? Buffer.alloc(0), parts);
  } catch (cause) {
    throw new MessageError(
      `The kernel could not register at ${registration.address}: it expects a signed answer within ${ANSWER_MS / 1000} seconds`,
      { address: registration.address },
      { cause },
    );
  } finally {
    socket.linger = 0;
    socket.close();
  }
}
