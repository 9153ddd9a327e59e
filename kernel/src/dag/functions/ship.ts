/**
 * Turns a function of this thread into data that a worker can rebuild it from.
 * @module
 */
import { createHash, randomUUID } from "node:crypto";
import { Shipment } from "./shipment.js";
import type { ClosureNode, SessionScope, ShippedFunction, ValueRef } from "./shipped.js";

const uniquePrefix = randomUUID().slice(0, 8);
let shipments = 0;

/**
 * `fn` with everything it uses. Captured values are copied now: what changes afterwards is not seen.
 *
 * The id is a hash of the content if the function captures only functions, imports and primitive values;
 * equal functions then share one rebuilt function per worker. Captured containers can change in place, on
 * either side, so each call gives such a function a new id.
 * @param scope the notebook's names; `plainScope` outside a kernel
 * @throws {ShipError} naming the function, the variable and the cure if something cannot travel
 */
export function shipFunction(fn: (...args: never[]) => unknown, scope: SessionScope): ShippedFunction {
  const name = fn.name || "anonymous";
  const shipment = new Shipment(scope);
  const root = shipment.add(fn, name);
  if (root.kind === "module" && root.export !== undefined) {
    const { specifier, from, export: exportName } = root;
    const origin = { specifier, ...(from === undefined ? {} : { from }) };
    const id = `${from ?? ""}|${specifier}#${exportName}`;
    return { kind: "module", id, name: fn.name || exportName, ...origin, export: exportName };
  }
  const nodes = shipment.finish();
  const index = root.kind === "node" ? root.index : nodes.push({ kind: "alias", to: root }) - 1;
  return { kind: "closure", id: identify(nodes, index), name, root: index, nodes };
}

function identify(nodes: readonly ClosureNode[], root: number): string {
  const isFixed = nodes.every(({ kind }) => kind === "function" || kind === "bound" || kind === "alias");
  if (!isFixed) return `${uniquePrefix}-${shipments++}`;
  const text = JSON.stringify([root, nodes], (_key, value: unknown) => literalText(value));
  return createHash("sha1").update(text).digest("base64url");
}

/** JSON has no bigint, undefined, NaN, infinities or -0; each gets a text of its own. */
function literalText(value: unknown): unknown {
  const isReference = typeof value === "object" && value !== null && (value as ValueRef).kind === "literal";
  if (!isReference) return value;
  const { value: literal } = value as { value: unknown };
  return `${typeof literal} ${Object.is(literal, -0) ? "-0" : String(literal)}`;
}
