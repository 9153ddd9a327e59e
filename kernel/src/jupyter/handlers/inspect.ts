import type { Handler } from "../kernel-context.js";

/**
 * Nothing is known about any name yet; an answer all the same, because front ends wait for one.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#introspection
 */
export const inspect: Handler = () => ({ status: "ok", found: false, data: {}, metadata: {} });
