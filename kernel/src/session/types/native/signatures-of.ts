import type { Project, Type } from "@typescript/native/unstable/async";

/** Numbers of `SignatureKind`. */
const signatureKinds = { call: 0, construct: 1 } as const;
/** Overloads beyond these say nothing new. */
const MAX_SIGNATURES = 6;
/** What fits into a line is written in one. */
const LINE = 100;

/**
 * The signatures of a function, or the constructors of a class, at most six.
 * @example ["(path: string, flag?: number): void"]
 */
export async function signaturesOf(
  { checker, emitter }: Project,
  type: Type,
  kind: "call" | "construct",
): Promise<readonly string[]> {
  const { SyntaxKind } = await import("@typescript/native/unstable/ast");
  const texts: string[] = [];
  const signatures = await checker.getSignaturesOfType(type, signatureKinds[kind]);
  for (const signature of signatures.slice(0, MAX_SIGNATURES)) {
    const node = await checker.signatureToSignatureDeclaration(signature, SyntaxKind.CallSignature);
    if (node) texts.push(inOneLine((await emitter.printNode(node)).replace(/;\s*$/, "")));
  }
  return texts;
}

function inOneLine(text: string): string {
  const line = text.replace(/\n\s*/g, " ").replaceAll("; }", " }");
  return line.length <= LINE ? line : text;
}
