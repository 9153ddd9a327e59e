/**
 * Fields of the content of a request, checked.
 * @module
 */
import { clipped } from "../clipped.js";
import { MessageError } from "../errors.js";
import type { Content, Message } from "./wire/message.js";

/** Characters of a value; an error goes to the log and back to the client. */
const MAX_SHOWN = 200;

/** A value that a client sent, as errors and the log show it; undefined means missing. */
export function shown(value: unknown): string {
  return clipped(JSON.stringify(value) ?? "missing", MAX_SHOWN);
}

/** A field that must be a string. @throws {MessageError} if it is none */
export function text(request: Message, field: string): string {
  const value = request.content[field];
  if (typeof value === "string") return value;
  throw wrongField(request, field, "a string");
}

/** A field that must be a whole number from 0. @throws {MessageError} if it is none */
export function wholeNumber(request: Message, field: string): number {
  const value = request.content[field];
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  throw wrongField(request, field, "a whole number from 0");
}

/** A field that must be an integer; undefined if the client left it out. @throws {MessageError} if it is none */
export function optionalInteger(request: Message, field: string): number | undefined {
  const value = request.content[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw wrongField(request, field, "an integer");
}

/** A field that is true or false; `otherwise` if the client left it out. */
export function flag(request: Message, field: string, otherwise: boolean): boolean {
  const value = request.content[field];
  return typeof value === "boolean" ? value : otherwise;
}

/** A field that must be an object; empty if the client left it out. @throws {MessageError} if it is none */
export function object(request: Message, field: string): Content {
  const value = request.content[field] ?? {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Content;
  throw wrongField(request, field, "an object");
}

function wrongField(request: Message, field: string, expected: string): MessageError {
  const found = shown(request.content[field]);
  return new MessageError(`${field} of ${request.header.msg_type} is ${found}: the client must send ${expected}`, {
    field,
  });
}
