import { text, wholeNumber } from "../fields.js";
import type { Handler } from "../kernel-context.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#completion */
export const complete: Handler = async (request, kernel) => {
  const code = text(request, "code");
  const cursorPos = wholeNumber(request, "cursor_pos");
  const { entries, cursorStart, cursorEnd } = await kernel.main.ask({ type: "complete", code, cursorPos });
  const matches = entries.map(({ text: match }) => match);
  return { status: "ok", matches, cursor_start: cursorStart, cursor_end: cursorEnd, metadata: {} };
};
