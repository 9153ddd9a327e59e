/**
 * Large data among the arguments of delayed calls: one node of the graph, however many calls it is given to.
 * @module
 */
import { types } from "node:util";
import { formatBytes } from "../format-bytes.js";
import { isContainer, itemsOf } from "./graph/value.js";
import { type LazyNode, newKey } from "./lazy-node.js";

/** Bytes from which on data is large; Dask warns of graphs of this size. */
export const LARGE_BYTES = 10 * 2 ** 20;
/** Items of a container that are looked at to estimate all, at each of so many levels: a look must stay cheap. */
const SAMPLES = 5;
const LEVELS = 4;
/** What a number takes, and whatever else is not looked into. */
const ITEM_BYTES = 8;

const nodes = new WeakMap<object, LazyNode>();

/**
 * The node of an argument that is large data, the same one each time; undefined for all else. Says on stderr, once
 * for a function, what it found and the cure.
 * @param call what is called: its name, and whether it has been told
 */
export function largeNode(arg: unknown, call: { readonly name: string; isTold: boolean }): LazyNode | undefined {
  if (typeof arg !== "object" || arg === null) return undefined;
  const known = nodes.get(arg);
  if (known !== undefined) return known;
  const bytes = approximateBytes(arg, LEVELS);
  if (bytes < LARGE_BYTES) return undefined;
  const node: LazyNode = { key: newKey("data"), inputs: [], value: arg };
  nodes.set(arg, node);
  if (!call.isTold) {
    call.isTold = true;
    process.stderr.write(
      `dagbook: an argument of ${call.name} is about ${formatBytes(bytes)} of data. It is one node of the graph now; ` +
        "make it lazy once, const data = delayed(value), or load it inside the task.\n",
    );
  }
  return node;
}

/** Bytes of data, estimated from a few items of each container. */
function approximateBytes(value: unknown, levels: number): number {
  if (typeof value === "string") return 2 * value.length;
  if (typeof value !== "object" || value === null) return ITEM_BYTES;
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return value.byteLength;
  if (levels === 0 || !isContainer(value)) return ITEM_BYTES;
  const items = itemsOf(value);
  const step = Math.max(1, Math.floor(items.length / SAMPLES));
  let bytes = 0;
  let samples = 0;
  for (let i = 0; i < items.length; i += step) {
    bytes += approximateBytes(items[i], levels - 1);
    samples++;
  }
  return samples === 0 ? 0 : (bytes / samples) * items.length;
}
