import { types } from "node:util";

/**
 * A copy of `value` as JSON has it, so that it can leave this thread; typed arrays become arrays, a bigint a
 * number if it is safe, else text.
 * @throws {TypeError} if the value refers to itself
 */
export function toJson(value: unknown): unknown {
  const text = JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === "bigint") return Number.isSafeInteger(Number(item)) ? Number(item) : String(item);
    if (types.isTypedArray(item)) return Array.from<number | bigint>(item);
    return item;
  });
  return text === undefined ? null : JSON.parse(text);
}
