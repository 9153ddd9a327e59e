import type { NameKind } from "./cell-shape.js";
import type { DocumentationTag, NativeDescription } from "./native/describe-at.js";

/** What a name is, as TypeScript's editors write it, and its documentation as Markdown. */
export function typedInspection(
  described: NativeDescription,
  declared: NameKind | undefined,
): { readonly signature: string; readonly documentation: string } {
  return { signature: signatureOf(described, declared), documentation: documentationOf(described) };
}

function signatureOf(described: NativeDescription, declared: NameKind | undefined): string {
  const { name, owner, kind, type, calls, constructs } = described;
  const qualified = owner === undefined ? name : `${owner}.${name}`;
  switch (kind) {
    case "function":
      return calls.map((call) => `function ${name}${call}`).join("\n") || `function ${name}`;
    case "method":
      return calls.map((call) => `(method) ${qualified}${call}`).join("\n") || `(method) ${qualified}: ${type}`;
    case "class":
      return [`class ${name}`, ...constructs.map((construct) => `new ${name}${construct}`)].join("\n");
    case "enum member":
      return `(enum member) ${qualified}`;
    case "property":
      return `(property) ${qualified}: ${type}`;
    case "type":
      return `type ${name} = ${type}`;
    case "module":
      return `(module) ${name}: ${type}`;
    case "variable":
      return [
        `${wordFor(declared)} ${name}: ${type}`,
        ...constructs.map((construct) => `new ${name}${construct}`),
      ].join("\n");
    default:
      return `${kind} ${name}`;
  }
}

function wordFor(declared: NameKind | undefined): string {
  if (declared === "constant") return "const";
  return declared === "variable" || declared === "untyped" ? "let" : "(variable)";
}

function documentationOf({ documentation, tags }: NativeDescription): string {
  return [documentation, tags.map(tagText).join("\n\n")].filter((text) => text !== "").join("\n\n");
}

/** `@param name what it is` */
function tagText({ name, text }: DocumentationTag): string {
  const plain = text.trim();
  if (plain === "") return `*@${name}*`;
  if (name === "example" && !plain.includes("```")) return `*@example*\n\n\`\`\`ts\n${plain}\n\`\`\``;
  const [, subject, rest = ""] = /^(\S+)\s*-?\s*([\s\S]*)$/.exec(plain) ?? [];
  if (!/^(?:param|template|throws|property)$/.test(name) || subject === undefined) return `*@${name}* ${plain}`;
  return rest === "" ? `*@${name}* \`${subject}\`` : `*@${name}* \`${subject}\` – ${rest}`;
}
