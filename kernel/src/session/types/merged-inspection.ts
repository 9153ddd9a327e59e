import type { Inspection, MimeBundle } from "../session.js";
import type { TypedInspection } from "./type-checker.js";

/** A function says of itself its head and comment, which types say better; its whole source is a second block. */
const sourceBlock = /^`{3,}ts$/gm;
const isCallable = /^(?:function|class|\(method\)) /;

/** Signature and documentation from the types, below them what the value is at the moment. */
export function mergedInspection(typed: TypedInspection | undefined, runtime: Inspection | undefined): Inspection {
  const found = runtime?.found ? runtime : undefined;
  if (typed === undefined) return found ?? { found: false };
  const value = found && saysMore(typed, found.data) ? found.data : {};
  const { signature, documentation } = typed;
  const plain = [signature, documentation, withoutComment(value["text/plain"], documentation)];
  const markdown = [
    `\`\`\`ts\n${signature}\n\`\`\``,
    documentation,
    withoutComment(value["text/markdown"] ?? value["text/plain"], documentation),
  ];
  const data = { "text/plain": joined(plain, "\n\n"), "text/markdown": joined(markdown, "\n\n") };
  return { found: true, data, metadata: found?.metadata ?? {} };
}

function saysMore({ signature }: TypedInspection, data: MimeBundle): boolean {
  if (!isCallable.test(signature)) return true;
  return [...String(data["text/markdown"] ?? "").matchAll(sourceBlock)].length > 1;
}

/** The comment above a declaration was shown as documentation. */
function withoutComment(text: unknown, documentation: string): string {
  if (typeof text !== "string") return "";
  return documentation === "" ? text : text.replace(`\n\n${documentation}`, "");
}

function joined(parts: readonly string[], between: string): string {
  return parts.filter((part) => part !== "").join(between);
}
