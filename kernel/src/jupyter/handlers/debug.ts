import type { Handler } from "../kernel-context.js";

/**
 * There is no debugger, and `kernel_info_reply` says so; a client that asks all the same gets the refusal of the
 * Debug Adapter Protocol, or it would wait for ever.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#debug-request
 */
export const debug: Handler = ({ content: { seq, command } }) => ({
  type: "response",
  seq: 0,
  request_seq: typeof seq === "number" ? seq : 0,
  command: typeof command === "string" ? command : "",
  success: false,
  message: "This kernel has no debugger",
  body: {},
});
