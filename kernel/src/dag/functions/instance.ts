import { ShipError } from "../../errors.js";
import { isClass } from "../../kinds.js";
import { analyse } from "./analyse.js";
import { isNative } from "./plain-data.js";
import { isWorkerGlobal } from "./worker-globals.js";

/**
 * The class of an object that can be rebuilt as "an empty instance of the class, then its own fields".
 * @throws {ShipError} if the object holds more than that: private fields, a native part, no class at all
 */
export function checkInstance(value: object, path: string): object {
  const owner = classOf(value);
  const name = owner?.name || "object with a prototype of its own";
  const refuse = (why: string): never => {
    throw new ShipError(`${path} is a ${name}, which cannot be sent to a worker${why}: build it inside the task.`, {
      path,
    });
  };
  if (owner === undefined || !isClass(owner) || isGlobalClass(owner)) return refuse("");
  for (let parent: unknown = owner; typeof parent === "function" && parent !== null; ) {
    if (isFunctionPrototype(parent)) break;
    if (isNative(parent) || isGlobalClass(parent)) return refuse(` (it extends the built-in ${parent.name})`);
    if (analyse(Function.prototype.toString.call(parent)).declaresPrivate) return refuse(" (it has private fields)");
    parent = Object.getPrototypeOf(parent);
  }
  return owner;
}

function classOf(value: object): (object & { readonly name: string }) | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== "object" || prototype === null) return undefined;
  const owner = prototype.constructor;
  return owner?.prototype === prototype ? owner : undefined;
}

/** True for classes that Node writes in JavaScript: Blob, AbortSignal; their state is not in their fields. */
function isGlobalClass(fn: object & { readonly name?: string }): boolean {
  const name = fn.name ?? "";
  return isWorkerGlobal(name) && Reflect.get(globalThis, name) === fn;
}

/** The end of the chain of classes: `Function.prototype`, of any realm. */
function isFunctionPrototype(fn: object): boolean {
  return Object.hasOwn(fn, "apply") && Object.hasOwn(fn, "bind");
}
