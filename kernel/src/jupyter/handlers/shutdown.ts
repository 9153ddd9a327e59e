import { flag } from "../fields.js";
import type { Handler } from "../kernel-context.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-shutdown */
export const shutdown: Handler = (request, kernel) => {
  const content = { status: "ok", restart: flag(request, "restart", false) };
  // Every client learns of it, not only the one that asked.
  kernel.iopub.publish("shutdown_reply", content, undefined);
  kernel.stopAfterReply();
  return content;
};
