import type { CompletionInfo } from "tslab/dist/converter.js";
import { codePointsBefore } from "../session/code/code-points.js";
import type { Completion } from "../session/session.js";

/** The compiler's words for kinds of names that Jupyter has another word for. */
const types: Readonly<Record<string, string>> = {
  alias: "module",
  const: "instance",
  "external module name": "module",
  getter: "property",
  let: "instance",
  "local class": "class",
  "local function": "function",
  "local var": "instance",
  method: "function",
  parameter: "instance",
  setter: "property",
  var: "instance",
};

/** Names that tslab proposes, in its order, as the messaging specification wants them. */
export function completionEntries(code: string, { start, end, candidates, original }: CompletionInfo): Completion {
  const kinds = new Map(original?.entries.map(({ name, kind }) => [name, String(kind)]));
  const entries = candidates.map((text) => {
    const kind = kinds.get(text) ?? "text";
    return { text, type: types[kind] ?? kind };
  });
  return { entries, cursorStart: codePointsBefore(code, start), cursorEnd: codePointsBefore(code, end) };
}
