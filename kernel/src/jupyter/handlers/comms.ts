/**
 * Comm messages of a front end.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
 * @module
 */
import { text } from "../fields.js";
import type { Handler } from "../kernel-context.js";

/** A front end opens a comm; there is no reply. */
export const commOpen: Handler = (request, kernel) => {
  kernel.comms.opened(text(request, "comm_id"), text(request, "target_name"), request.content.data);
  return undefined;
};

/** A front end sends a message on a comm; there is no reply. */
export const commMsg: Handler = (request, kernel) => {
  kernel.comms.received(text(request, "comm_id"), request.content.data);
  return undefined;
};

/** A front end closes a comm; there is no reply. */
export const commClose: Handler = (request, kernel) => {
  kernel.comms.closed(text(request, "comm_id"));
  return undefined;
};

/** Which comms are open. */
export const commInfo: Handler = (request, kernel) => {
  const target = request.content.target_name;
  return { status: "ok", comms: kernel.comms.info(typeof target === "string" ? target : undefined) };
};
