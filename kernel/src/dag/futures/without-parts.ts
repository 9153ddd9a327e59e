/**
 * Leaves parts out of nested containers.
 * @module
 */
import { types } from "node:util";
import { isContainer } from "../graph/value.js";

/**
 * A copy of the value without some parts: items of arrays and Sets, entries of Maps and plain objects. Containers that
 * appear twice are copied once.
 */
export function withoutParts(value: unknown, isLeftOut: (part: unknown) => boolean): unknown {
  const copies = new Map<unknown, unknown>();
  const keeps = (part: unknown): boolean => !isLeftOut(part);
  return copyOf(value);

  function copyOf(part: unknown): unknown {
    if (typeof part !== "object" || part === null || !isContainer(part)) return part;
    if (copies.has(part)) return copies.get(part);
    if (Array.isArray(part)) {
      const list: unknown[] = [];
      copies.set(part, list);
      for (const item of part) if (keeps(item)) list.push(copyOf(item));
      return list;
    }
    if (types.isSet(part)) {
      const set = new Set<unknown>();
      copies.set(part, set);
      for (const item of part) if (keeps(item)) set.add(copyOf(item));
      return set;
    }
    if (types.isMap(part)) {
      const map = new Map<unknown, unknown>();
      copies.set(part, map);
      for (const [key, item] of part) if (keeps(key) && keeps(item)) map.set(copyOf(key), copyOf(item));
      return map;
    }
    const object: Record<string, unknown> = {};
    copies.set(part, object);
    for (const [name, item] of Object.entries(part)) if (keeps(item)) object[name] = copyOf(item);
    return object;
  }
}
