import { types } from "node:util";
import { safeInspect } from "../errors/safe-read.js";

/** Longest text of one value; a notebook file should not grow by megabytes because of one cell. */
const MAX_LENGTH = 20_000;
/** Above this many leaves node:util's own limit of 100 items per level lets too much through. */
const MAX_LEAVES = 2_000;
const MAX_KEYS = 200;

/** A value as Node's REPL prints it, without colours, at most 20,000 characters long. */
export function textOf(value: unknown): string {
  const isWide = countLeaves(value, 3) > MAX_LEAVES;
  const text = safeInspect(fewerKeys(value), { maxArrayLength: isWide ? 12 : 100, maxStringLength: MAX_LENGTH });
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…\n(cut: ${text.length} characters in all)`;
}

/** Number of values in nested arrays, as far as they would be printed. */
function countLeaves(value: unknown, depth: number): number {
  if (depth === 0 || !Array.isArray(value) || types.isProxy(value)) return 1;
  const shown = Math.min(value.length, 100);
  let leaves = 0;
  for (let index = 0; index < shown && leaves <= MAX_LEAVES; index++) leaves += countLeaves(value[index], depth - 1);
  return leaves;
}

/** node:util prints all properties of an object, a million if need be. */
function fewerKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || types.isProxy(value) || Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value)) return value;
  const keys = Object.keys(value);
  if (keys.length <= MAX_KEYS) return value;
  const kept = keys.slice(0, MAX_KEYS).map((key) => [key, Object.getOwnPropertyDescriptor(value, key)!] as const);
  const copy: object = Object.defineProperties(Object.create(Object.getPrototypeOf(value)), Object.fromEntries(kept));
  return Object.assign(copy, { [`… ${keys.length - MAX_KEYS} more`]: null });
}
