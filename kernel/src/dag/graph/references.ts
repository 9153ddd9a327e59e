/**
 * The references inside a value of a graph.
 * @module
 */
import { type Key, keyId } from "./key.js";
import { replaceIn } from "./replace.js";
import { isReference, Reference } from "./task.js";

/**
 * The keys that a task, or any value of a graph, needs: each once, in order of appearance.
 * @example referencesOf(task(add, ref("a"), [ref("b")])) // ["a", "b"]
 */
export function referencesOf(value: unknown): readonly Key[] {
  const keys = new Map<string, Key>();
  replaceIn(value, (part) => {
    if (isReference(part)) keys.set(part.id, part.key);
    return part;
  });
  return [...keys.values()];
}

/**
 * The value with what `find` gives in place of references.
 * @param find gets the key of a reference; undefined means: keep the reference
 */
export function replaceReferences(value: unknown, find: (key: Key) => Found | undefined): unknown {
  return replaceIn(value, (part) => {
    const found = isReference(part) ? find(part.key) : undefined;
    return found === undefined ? part : found.value;
  });
}

/** What takes the place of a reference; it may be undefined itself. */
export interface Found {
  readonly value: unknown;
}

/**
 * The value with references to other keys.
 * @param keys what each key is replaced by; keys that are not in it stay
 * @throws {KeyError} if a key is not valid
 * @example substitute(task(add, ref("a"), ref("b")), { a: "z" }) // needs z and b
 */
export function substitute<T>(value: T, keys: ReadonlyMap<Key, Key> | Readonly<Record<string, Key>>): T {
  const entries: Iterable<readonly [Key, Key]> = isMap(keys) ? keys : Object.entries(keys);
  const byId = new Map(Array.from(entries, ([from, to]) => [keyId(from), { value: new Reference(to) }]));
  return replaceReferences(value, (key) => byId.get(keyId(key))) as T;
}

function isMap(keys: object): keys is ReadonlyMap<Key, Key> {
  return Symbol.iterator in keys;
}
