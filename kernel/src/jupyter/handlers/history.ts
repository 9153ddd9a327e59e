import type { Handler } from "../kernel-context.js";

/**
 * No history is kept yet; an answer all the same, because consoles wait for one.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#history
 */
export const history: Handler = () => ({ status: "ok", history: [] });
