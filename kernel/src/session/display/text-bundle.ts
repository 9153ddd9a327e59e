import { clipped } from "../../clipped.js";
import { ArgumentError } from "../../errors.js";
import type { MimeBundle } from "../session.js";
import { shortly } from "./shortly.js";

/** A front end that cannot show the kind shows its text; a whole page of HTML would be stored twice. */
const MAX_PLAIN = 20_000;

/** One kind of text that a front end draws. */
export interface TextKind {
  readonly mime: string;
  /** what has to be in it, for a clear error instead of a broken picture */
  readonly mark?: RegExp;
  /** how it is written, for errors */
  readonly example: string;
  /** in a template backslashes are part of the text, as in `\frac` */
  readonly isRaw?: boolean;
}

/** True for what a tagged template is called with. */
export function isTemplate(content: unknown): content is TemplateStringsArray {
  return Array.isArray(content) && Array.isArray(Object.getOwnPropertyDescriptor(content, "raw")?.value);
}

/** The text of a template with its values in it. */
export function templateText(strings: TemplateStringsArray, values: readonly unknown[], isRaw: boolean): string {
  return String.raw({ raw: isRaw ? strings.raw : strings }, ...values);
}

/**
 * Text as a bundle of its kind and as plain text.
 * @param name of the function that was called, for the error
 * @throws {ArgumentError} if it is no text, or not of that kind
 */
export function textBundle(name: string, { mime, mark, example }: TextKind, content: unknown): MimeBundle {
  if (typeof content !== "string") {
    throw new ArgumentError(`${name} got ${shortly(content)}: give text, as ${example}`, { content });
  }
  if (mark && !mark.test(content)) {
    throw new ArgumentError(`${name} got ${JSON.stringify(clipped(content, 100))}: give ${example}`, { content });
  }
  return { [mime]: content, "text/plain": clipped(content, MAX_PLAIN) };
}
