/**
 * Fields of the content of a request, checked.
 * @module
 */
import { MessageError } from "../errors.js";
import type { Message } from "./wire/message.js";

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

/** A field that is true or false; `otherwise` if the client left it out. */
export function flag(request: Message, field: string, otherwise: boolean): boolean {
  const value = request.content[field];
  return typeof value === "boolean" ? value : otherwise;
}

function wrongField(request: Message, field: string, expected: string): MessageError {
  const found = JSON.stringify(request.content[field]) ?? "missing";
  return new MessageError(`${field} of ${request.header.msg_type} is ${found}: the client must send ${expected}`, {
    field,
  });
}
