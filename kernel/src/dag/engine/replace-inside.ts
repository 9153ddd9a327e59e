/**
 * Replaces values inside arrays, objects, maps and sets.
 * @module
 */
import { collectionSymbol } from "../../symbols.js";

type Replace = (value: object) => unknown;

/**
 * The same value with every object for which `replace` gives something replaced, at any depth. Containers
 * are copied only where something inside changed; instances of classes then become plain objects.
 * @param replace gets every object on the way, containers too; undefined means: keep, and look inside
 */
export function replaceInside(value: unknown, replace: Replace): unknown {
  return isLookedAt(value) ? visit(value, replace, new Set()) : value;
}

function visit(value: unknown, replace: Replace, path: Set<object>): unknown {
  if (!isLookedAt(value)) return value;
  const replaced = replace(value);
  if (replaced !== undefined) return replaced;
  // A ring: the part that leads back to itself is kept as it is.
  if (path.has(value)) return value;
  path.add(value);
  const result = visitParts(value, (part) => visit(part, replace, path));
  path.delete(value);
  return result;
}

function visitParts(value: object, visitPart: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return mapList(value, visitPart) ?? value;
  // By tag, because containers may come from another realm; instances of classes have the tag of objects.
  switch (Object.prototype.toString.call(value)) {
    case "[object Object]": {
      const parts = mapList(Object.values(value), visitPart);
      const names = Object.keys(value);
      return parts === undefined ? value : Object.fromEntries(names.map((name, i) => [name, parts[i]]));
    }
    case "[object Map]": {
      const parts = mapList([...(value as Map<unknown, unknown>)].flat(), visitPart);
      return parts === undefined ? value : new Map(pairs(parts));
    }
    case "[object Set]": {
      const parts = mapList([...(value as Set<unknown>)], visitPart);
      return parts === undefined ? value : new Set(parts);
    }
    default:
      return value;
  }
}

/** The mapped list, or undefined if every item stayed the same. */
function mapList(items: readonly unknown[], map: (item: unknown) => unknown): unknown[] | undefined {
  let copy: unknown[] | undefined;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (!isLookedAt(item)) continue;
    const mapped = map(item);
    if (mapped === item) continue;
    copy ??= items.slice();
    copy[i] = mapped;
  }
  return copy;
}

/** Objects, and lazy results: those can be called, so they count as functions. */
function isLookedAt(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || (typeof value === "function" && collectionSymbol in value);
}

function* pairs(list: readonly unknown[]): Generator<[unknown, unknown]> {
  for (let i = 0; i < list.length; i += 2) yield [list[i], list[i + 1]];
}
