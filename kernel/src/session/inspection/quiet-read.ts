/**
 * Reading values without running anything: getters, proxies and calls are code of the user.
 * @module
 */
import { types } from "node:util";
import { withoutProxy } from "../../dag/lazy-proxy.js";
import type { Path } from "../code/path-before.js";

// The process, its console and the like are getters of Node that only load what they name. A getter that a cell
// puts in their place is another function.
const nodeGetters = new Map(
  Object.entries(Object.getOwnPropertyDescriptors(globalThis)).flatMap(([name, { get }]) => (get ? [[name, get]] : [])),
);

/** A value that was found, which may be undefined. */
export interface Found {
  readonly value: unknown;
}

/** The value that a path of properties leads to, from a global name on; nothing if something would have to run. */
export function valueAt([first, ...rest]: Path): Found | undefined {
  if (first === undefined) return undefined;
  return rest.reduce<Found | undefined>((holder, key) => holder && propertyOf(holder.value, key), globalValue(first));
}

function globalValue(name: string): Found | undefined {
  // `this` is not read: in a method it is something else.
  if (name === "globalThis") return { value: globalThis };
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  if (property === undefined) return undefined;
  if ("value" in property) return { value: property.value };
  const isOfNode = property.get !== undefined && nodeGetters.get(name) === property.get;
  return isOfNode ? { value: Reflect.get(globalThis, name) } : undefined;
}

/** The value of a property, its own or inherited; nothing for a getter. */
export function propertyOf(value: unknown, key: PropertyKey): Found | undefined {
  for (const holder of holdersOf(value)) {
    const property = descriptorOf(holder, key);
    if (property) return "value" in property ? { value: property.value } : undefined;
  }
  return undefined;
}

/** An object, its prototype, and so on, up to a proxy; a lazy result shows what is behind its own. */
export function* holdersOf(value: unknown): Generator<object, void, undefined> {
  if (value === undefined || value === null) return;
  for (let holder = withoutProxy(Object(value)); holder !== null; holder = Object.getPrototypeOf(holder)) {
    if (types.isProxy(holder)) return;
    yield holder;
  }
}

/** Nothing also for an export that its module has not initialised yet. */
export function descriptorOf(holder: object, key: PropertyKey): PropertyDescriptor | undefined {
  try {
    return Object.getOwnPropertyDescriptor(holder, key);
  } catch {
    return undefined;
  }
}
