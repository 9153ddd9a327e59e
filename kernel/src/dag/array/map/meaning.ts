/**
 * What names and parts of a scalar function may mean while it is compiled.
 * @module
 */
import { types } from "node:util";
import type { ReadFunction, SyntaxNode } from "../../functions/index.js";
import { booleanOf, numberOf, type Scalar } from "./scalar.js";

/** A function whose text is known, with the names around it. */
export interface Callable {
  readonly kind: "function";
  readonly node: SyntaxNode;
  readonly names: Names;
  readonly home: ReadFunction;
}

/** A JavaScript value that is neither a number nor a boolean: an object or function that was captured, a global. */
export interface Captured {
  readonly kind: "captured";
  readonly value: unknown;
}

export type Meaning = Scalar | Callable | Captured;

/** Local names of a block or function. */
export class Names {
  readonly #own = new Map<string, Meaning>();
  readonly #outer: Names | undefined;

  constructor(outer?: Names) {
    this.#outer = outer;
  }

  get(name: string): Meaning | undefined {
    return this.#own.get(name) ?? this.#outer?.get(name);
  }

  set(name: string, meaning: Meaning): void {
    this.#own.set(name, meaning);
  }
}

/** The meaning of a value that exists now. */
export function meaningOf(value: unknown): Meaning {
  if (typeof value === "number") return numberOf(value);
  if (typeof value === "boolean") return booleanOf(value);
  return { kind: "captured", value };
}

/** A property of a captured value, if it is data and no getter: reading it runs no code. */
export function propertyOf({ value }: Captured, name: string): Meaning | undefined {
  const isHolder = (typeof value === "object" && value !== null) || typeof value === "function";
  if (!isHolder || types.isProxy(value)) return undefined;
  const property = Object.getOwnPropertyDescriptor(value, name);
  return property !== undefined && "value" in property ? meaningOf(property.value) : undefined;
}

export function isScalar(meaning: Meaning): meaning is Scalar {
  return meaning.kind !== "function" && meaning.kind !== "captured";
}
