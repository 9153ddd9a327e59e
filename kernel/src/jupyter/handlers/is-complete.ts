import { text } from "../fields.js";
import type { Handler } from "../kernel-context.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#code-completeness */
export const isComplete: Handler = async (request, { kind, main }) => {
  const code = text(request, "code");
  if (kind.engine === "tslab")
    return { ...((await main.askSoon({ type: "isComplete", code })) ?? { status: "unknown" }) };
  // Loaded with the first question: the parser would delay the kernel's start.
  const { isComplete: completenessOf } = await import("../../session/is-complete.js");
  return { ...completenessOf(code) };
};
