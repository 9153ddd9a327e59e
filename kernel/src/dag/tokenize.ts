/**
 * Tokens: equal for equal data, so that two pure calls with equal arguments share one key.
 * @module
 */
import { createHash, type Hash } from "node:crypto";
import { types } from "node:util";
import { isReference, isTask } from "./graph/task.js";
import { isContainer, itemsOf, namesOf } from "./graph/value.js";

/**
 * A hash of the values' structure and data. Functions and objects of classes count by identity: two
 * closures with one source may hold different values. Valid within this thread.
 * @example tokenize([1, { a: 2 }]) === tokenize([1, { a: 2 }]) // true
 */
export function tokenize(value: unknown): string {
  const hash = createHash("sha256");
  const seen = new Map<unknown, number>();
  const stack: unknown[] = [value];
  while (stack.length > 0) {
    const part = stack.pop();
    const before = seen.get(part);
    if (before !== undefined) {
      // A container inside itself ends here.
      put(hash, "again", String(before));
      continue;
    }
    const items = hashPart(hash, part);
    if (items.length > 0) seen.set(part, seen.size);
    for (let i = items.length - 1; i >= 0; i--) stack.push(items[i]);
  }
  return hash.digest("hex").slice(0, 32);
}

/** Hashes what is not inside `part` and returns what is. */
function hashPart(hash: Hash, part: unknown): readonly unknown[] {
  if (typeof part !== "object" || part === null) {
    if (typeof part === "function" || typeof part === "symbol") put(hash, "identity", identityOf(part));
    else put(hash, typeof part, Object.is(part, -0) ? "-0" : String(part));
    return [];
  }
  if (isReference(part)) return put(hash, "ref", part.id);
  if (isTask(part)) return [...put(hash, "task", String(part.args.length)), part.fn, ...part.args];
  if (ArrayBuffer.isView(part)) {
    put(hash, part.constructor.name, String(part.byteLength));
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    return [];
  }
  if (types.isDate(part)) return put(hash, "date", String(part.getTime()));
  if (types.isRegExp(part)) return put(hash, "regexp", String(part));
  if (!isContainer(part)) return put(hash, "identity", identityOf(part));
  const items = itemsOf(part);
  if (Array.isArray(part)) put(hash, "array", String(items.length));
  else if (types.isMap(part)) put(hash, "map", String(items.length));
  else if (types.isSet(part)) put(hash, "set", String(items.length));
  else put(hash, "object", JSON.stringify(namesOf(part)));
  return items;
}

/** The length keeps the texts apart. */
function put(hash: Hash, kind: string, text: string): readonly unknown[] {
  hash.update(`${kind} ${text.length} ${text};`);
  return [];
}

const identities = new WeakMap<object, string>();
const symbols = new Map<symbol, string>();
let count = 0;

function identityOf(value: object | symbol): string {
  const known = typeof value === "symbol" ? symbols.get(value) : identities.get(value);
  if (known !== undefined) return known;
  count++;
  const identity = String(count);
  if (typeof value === "symbol") symbols.set(value, identity);
  else identities.set(value, identity);
  return identity;
}
