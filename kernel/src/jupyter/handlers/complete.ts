import { mergedCompletion } from "../../session/types/merged-completion.js";
import { text, wholeNumber } from "../fields.js";
import type { Handler } from "../kernel-context.js";

/**
 * Names by their types first, then what only the values that exist know; while a cell keeps the main thread busy, by
 * types alone.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#completion
 */
export const complete: Handler = async (request, { main, types }) => {
  const code = text(request, "code");
  const cursorPos = wholeNumber(request, "cursor_pos");
  const [typed, runtime] = await Promise.all([
    types.complete(code, cursorPos),
    main.askSoon({ type: "complete", code, cursorPos }),
  ]);
  const { entries, cursorStart, cursorEnd } = mergedCompletion(typed, runtime);
  // JupyterLab's field, which other kernels fill too: it shows the kind of each match.
  const withTypes = entries.map((entry) => ({ ...entry, start: cursorStart, end: cursorEnd }));
  return {
    status: "ok",
    matches: entries.map((entry) => entry.text),
    cursor_start: cursorStart,
    cursor_end: cursorEnd,
    metadata: { _jupyter_types_experimental: withTypes },
  };
};
