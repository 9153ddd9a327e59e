import { types } from "node:util";
import { identifier } from "../code/name-patterns.js";
import { descriptorOf, holdersOf } from "../inspection/quiet-read.js";
import { wordForMember } from "../inspection/word-for.js";
import type { CompletionEntry } from "../session.js";

/** A dictionary may have a million keys; nobody reads on after a thousand. */
const MAX_ENTRIES = 1000;

/** Properties that may stand after a dot: the object's own first, then those of its prototypes. */
export function membersOf(value: unknown, prefix: string): CompletionEntry[] {
  const entries = new Map<string, CompletionEntry>();
  for (const holder of holdersOf(value)) {
    const names = isLongList(holder) ? ["length"] : Object.getOwnPropertyNames(holder);
    const wanted = names.filter((name) => name.startsWith(prefix) && identifier.test(name) && !isHidden(name, holder));
    // Own properties stand as they were written, a class has no order that says anything.
    if (holder !== value) wanted.sort();
    for (const name of wanted.slice(0, MAX_ENTRIES)) {
      if (!entries.has(name)) entries.set(name, { text: name, type: wordForMember(descriptorOf(holder, name)) });
    }
  }
  return [...entries.values()];
}

/** Keys that may stand in `value["…"]`. */
export function keysOf(value: unknown, prefix: string): CompletionEntry[] {
  const [own] = holdersOf(value);
  if (own === undefined || isList(own)) return [];
  const keys = Object.getOwnPropertyNames(own).filter((key) => key.startsWith(prefix));
  return keys.slice(0, MAX_ENTRIES).map((text) => ({ text, type: "property" }));
}

const { keys: mapKeys } = Map.prototype;
const { values: setValues } = Set.prototype;

/** Keys that may stand in `map.get("…")`, or members in `set.has("…")`. */
export function entriesOf(value: unknown, prefix: string): CompletionEntry[] {
  const found: CompletionEntry[] = [];
  for (const key of keysIn(value)) {
    if (typeof key !== "string" || !key.startsWith(prefix)) continue;
    found.push({ text: key, type: "property" });
    if (found.length === MAX_ENTRIES) break;
  }
  return found;
}

function keysIn(value: unknown): Iterable<unknown> {
  if (types.isMap(value)) return Reflect.apply(mapKeys, value, []);
  return types.isSet(value) ? Reflect.apply(setValues, value, []) : [];
}

/** Each index of a list, and of a text, is a property: there may be millions. A short list may have names too. */
function isLongList(holder: object): boolean {
  return isList(holder) && !(descriptorOf(holder, "length")?.value <= MAX_ENTRIES);
}

function isList(holder: object): boolean {
  return Array.isArray(holder) || types.isTypedArray(holder) || types.isStringObject(holder);
}

/** `__proto__`, `__defineGetter__` and the like, which every object inherits. */
function isHidden(name: string, holder: object): boolean {
  return name.startsWith("__") && Object.hasOwn(holder, "__defineGetter__");
}
