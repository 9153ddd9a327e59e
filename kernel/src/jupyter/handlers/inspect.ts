import { mergedInspection } from "../../session/types/merged-inspection.js";
import { text, wholeNumber } from "../fields.js";
import type { Handler } from "../kernel-context.js";

/**
 * What the name at the cursor is: its type and documentation, and its value as it is now.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#introspection
 */
export const inspect: Handler = async (request, { main, types }) => {
  const code = text(request, "code");
  const cursorPos = wholeNumber(request, "cursor_pos");
  const detail = request.content.detail_level === 1 ? 1 : 0;
  const [typed, runtime] = await Promise.all([
    types.inspect(code, cursorPos),
    main.askSoon({ type: "inspect", code, cursorPos, detail }),
  ]);
  const found = mergedInspection(typed, runtime);
  return { status: "ok", ...(found.found ? found : { found: false, data: {}, metadata: {} }) };
};
