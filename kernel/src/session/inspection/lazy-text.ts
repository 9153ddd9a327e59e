/**
 * Values of this library say what they are: their own methods are no code of the user.
 * @module
 */
import { types } from "node:util";
import { ChunkedArray } from "../../dag/array/chunked-array.js";
import { DelayedResult } from "../../dag/delayed-result.js";
import { formatKey } from "../../dag/graph/key.js";
import { Task } from "../../dag/graph/task.js";
import { type LazyNode, nodeSymbol } from "../../dag/lazy-node.js";
import { withoutProxy } from "../../dag/lazy-proxy.js";
import { NDArray } from "../../dag/memory/nd-array.js";
import { inspectSymbol } from "../../symbols.js";
import { descriptorOf, holdersOf, propertyOf } from "./quiet-read.js";

/** Larger graphs are not counted for a tooltip. */
const MAX_NODES = 100_000;
/** NumPy's limit is 64. */
const MAX_AXES = 64;

const textOfChunked = ChunkedArray.prototype[inspectSymbol];
const textOfArray = NDArray.prototype[inspectSymbol];
const nodeOf: () => LazyNode = descriptorOf(DelayedResult.prototype, nodeSymbol)!.get!;

/** Shape, element type and chunks of an array, or how many tasks a lazy result takes; nothing for other values. */
export function lazyText(value: object): string | undefined {
  for (const holder of holdersOf(value)) {
    if (holder === ChunkedArray.prototype) return ofItsOwn(() => Reflect.apply(textOfChunked, value, []));
    if (holder === DelayedResult.prototype)
      return ofItsOwn(() => textOfDelayed(Reflect.apply(nodeOf, withoutProxy(value), [])));
    if (holder === NDArray.prototype) return ofItsOwn(() => Reflect.apply(textOfArray, plainArray(value), []));
  }
  return undefined;
}

/** An object that has only the prototype lacks the private fields, which throws. */
function ofItsOwn(text: () => string): string | undefined {
  try {
    return text();
  } catch {
    return undefined;
  }
}

function textOfDelayed(root: LazyNode): string {
  const title = `Delayed(${formatKey(root.key)})`;
  const seen = new Set<LazyNode>([root]);
  let tasks = 0;
  for (const node of seen) {
    if (isMadeBy(node.value, Task.prototype)) tasks += 1;
    for (const input of node.inputs) seen.add(input);
    if (seen.size > MAX_NODES) return `${title}: more than ${MAX_NODES.toLocaleString("en")} tasks`;
  }
  return `${title}: ${tasks.toLocaleString("en")} ${tasks === 1 ? "task" : "tasks"}, not computed yet`;
}

/** The same array without what somebody may have put on it. */
function plainArray(value: object): NDArray {
  const data = propertyOf(value, "data")?.value;
  if (!types.isTypedArray(data)) throw new TypeError("no array");
  const dtype = propertyOf(value, "dtype")?.value === "bool" ? "bool" : undefined;
  return new NDArray(data as NDArray["data"], numbersIn(value, "shape"), numbersIn(value, "strides"), dtype);
}

function numbersIn(value: object, name: string): readonly number[] {
  const list = propertyOf(value, name)?.value;
  if (!Array.isArray(list) || types.isProxy(list)) throw new TypeError("no array");
  return Array.from({ length: Math.min(list.length, MAX_AXES) }, (_, index) => {
    const size = propertyOf(list, index)?.value;
    return typeof size === "number" ? size : 0;
  });
}

/** `instanceof` would run the traps of a proxy. */
function isMadeBy(value: unknown, prototype: object): boolean {
  for (const holder of holdersOf(value)) if (holder === prototype) return true;
  return false;
}
