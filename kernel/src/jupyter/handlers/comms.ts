/**
 * Comm messages of a front end.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
 * @module
 */
import type { CommMessage } from "../../session/session.js";
import { text } from "../fields.js";
import type { Handler } from "../kernel-context.js";
import type { Message } from "../wire/message.js";

/** A front end opens a comm; there is no reply. */
export const commOpen: Handler = (request, kernel) => {
  kernel.comms.fromClient({ ...messageOf(request, "open"), target: text(request, "target_name") });
  return undefined;
};

/** A front end sends a message on a comm; there is no reply. */
export const commMsg: Handler = (request, kernel) => {
  kernel.comms.fromClient(messageOf(request, "message"));
  return undefined;
};

/** A front end closes a comm; there is no reply. */
export const commClose: Handler = (request, kernel) => {
  kernel.comms.fromClient(messageOf(request, "close"));
  return undefined;
};

/** Which comms are open. */
export const commInfo: Handler = (request, kernel) => {
  const target = request.content.target_name;
  return { status: "ok", comms: kernel.comms.info(typeof target === "string" ? target : undefined) };
};

function messageOf(request: Message, event: CommMessage["event"]): CommMessage {
  const { content, metadata, buffers } = request;
  return { event, id: text(request, "comm_id"), data: content.data, metadata, buffers };
}
