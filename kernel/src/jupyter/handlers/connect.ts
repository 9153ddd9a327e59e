import type { Handler } from "../kernel-context.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#connect */
export const connect: Handler = (_request, { connection: { ports } }) => ({
  status: "ok",
  shell_port: ports.shell,
  iopub_port: ports.iopub,
  stdin_port: ports.stdin,
  control_port: ports.control,
  hb_port: ports.hb,
});
