import type { Handler } from "../kernel-context.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-interrupt */
export const interrupt: Handler = async (_request, kernel) => {
  await kernel.interrupt();
  return { status: "ok" };
};
