import type { Handler } from "../kernel-context.js";

/** What the kernel uses, as ipykernel tells it; jupyter-resource-usage asks. */
export const usage: Handler = (_request, kernel) => ({ status: "ok", ...kernel.usage.read() });
