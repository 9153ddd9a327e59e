/**
 * Literals: arguments that cross to another thread as they are.
 * @module
 */
import { isBuiltinData } from "../../kinds.js";
import { isKeptResult, isReference, isTask } from "./task.js";
import { type Container, isContainer, itemsOf } from "./value.js";

/** Tells values that cross to another thread as they are from those that must be built there. */
export class LiteralTest {
  readonly #known = new Map<object, boolean>();

  /**
   * True if structured clone carries the value faithfully: no reference, task, function or object of a
   * class at any depth. Every container is looked at once.
   */
  isLiteral(value: unknown): boolean {
    if (typeof value !== "object" || value === null) return typeof value !== "function" && typeof value !== "symbol";
    if (!isContainer(value)) return isCloneable(value);
    return this.#known.get(value) ?? this.#scan(value);
  }

  #scan(root: Container): boolean {
    const path: { container: Container; items: readonly unknown[]; next: number; literal: boolean }[] = [];
    const enter = (container: Container) => {
      // A container that holds itself is literal as far as it is known on the way down.
      this.#known.set(container, true);
      path.push({ container, items: itemsOf(container), next: 0, literal: true });
    };
    enter(root);
    for (;;) {
      const top = path.at(-1)!;
      if (top.next < top.items.length) {
        const item = top.items[top.next++];
        if (isUnknownContainer(item, this.#known)) enter(item);
        else if (!this.isLiteral(item)) top.literal = false;
        continue;
      }
      this.#known.set(top.container, top.literal);
      path.pop();
      const parent = path.at(-1);
      if (parent === undefined) return top.literal;
      parent.literal &&= top.literal;
    }
  }
}

function isUnknownContainer(value: unknown, known: ReadonlyMap<object, boolean>): value is Container {
  return typeof value === "object" && value !== null && !known.has(value) && isContainer(value);
}

/** True for objects, not containers, that structured clone copies without loss. */
function isCloneable(value: object): boolean {
  if (isReference(value) || isTask(value) || isKeptResult(value)) return false;
  return isBuiltinData(value) || Object.prototype.toString.call(value) === "[object WebAssembly.Module]";
}
