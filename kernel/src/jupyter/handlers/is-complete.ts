import { text } from "../fields.js";
import type { Handler } from "../kernel-context.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#code-completeness */
export const isComplete: Handler = async (request, kernel) => ({
  ...(await kernel.main.ask({ type: "isComplete", code: text(request, "code") })),
});
