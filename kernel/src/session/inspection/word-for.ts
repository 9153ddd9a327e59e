import { types } from "node:util";
import { withoutProxy } from "../../dag/lazy-proxy.js";
import { isClass } from "../../kinds.js";

/** What a name stands for, in the words of JupyterLab's completer. */
export function wordFor(value: unknown): "function" | "class" | "module" | "instance" {
  if (typeof withoutProxy(value) === "function") return isClassLike(Object(value)) ? "class" : "function";
  return types.isModuleNamespaceObject(value) ? "module" : "instance";
}

/** What a property holds, in the words of JupyterLab's completer. */
export function wordForMember(property: PropertyDescriptor | undefined): string {
  const word = property !== undefined && "value" in property ? wordFor(property.value) : "instance";
  return { function: "method", instance: "property", class: "class", module: "module" }[word];
}

/** True for classes, those of JavaScript itself included. */
function isClassLike(fn: object): boolean {
  if (types.isProxy(fn)) return false;
  const prototype = Object.getOwnPropertyDescriptor(fn, "prototype");
  return isClass(fn) || prototype?.writable === false;
}
