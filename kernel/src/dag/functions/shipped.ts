/**
 * A function in a form that a worker thread can receive (structured clone) and rebuild.
 * @module
 */

/** A function that is an export of a module: the worker imports it. */
export interface ModuleFunction {
  readonly kind: "module";
  /** equal ids mean equal functions; workers cache by it */
  readonly id: string;
  readonly name: string;
  /** absolute URL or a `node:` specifier */
  readonly specifier: string;
  readonly export: string;
}

/** A function that travels as its source text and the values it uses. */
export interface ClosureFunction {
  readonly kind: "closure";
  readonly id: string;
  readonly name: string;
  /** index of the function itself in `nodes` */
  readonly root: number;
  readonly nodes: readonly ClosureNode[];
}

export type ShippedFunction = ModuleFunction | ClosureFunction;

/** How a node of a closure names another value. */
export type ValueRef =
  | { readonly kind: "node"; readonly index: number }
  | { readonly kind: "literal"; readonly value: unknown }
  | { readonly kind: "module"; readonly specifier: string; readonly export?: string }
  | { readonly kind: "global"; readonly name: string }
  | { readonly kind: "symbol"; readonly key: string; readonly registered: boolean };

/** One value of a closure: a function, a container or plain data. References make cycles possible. */
export type ClosureNode =
  | {
      readonly kind: "function";
      readonly source: string;
      /** how `source` becomes an expression: as it is, as a method or as a getter of an object or class */
      readonly form: "expression" | "method" | "classMethod";
      readonly key: string;
      readonly captured: Readonly<Record<string, ValueRef>>;
    }
  | { readonly kind: "bound"; readonly target: ValueRef; readonly self: ValueRef; readonly args: readonly ValueRef[] }
  | { readonly kind: "array"; readonly items: readonly ValueRef[] }
  | { readonly kind: "object"; readonly entries: Readonly<Record<string, ValueRef>>; readonly nullPrototype: boolean }
  | { readonly kind: "instance"; readonly constructor: ValueRef; readonly entries: Readonly<Record<string, ValueRef>> }
  | { readonly kind: "data"; readonly value: unknown };

/**
 * What shipping must know of the notebook: the names that cells bound and where imports came from.
 * A kernel session gives one; a plain Node script has the default (no notebook names).
 */
export interface SessionScope {
  /** value of a name bound by a cell */
  lookup(name: string): { readonly found: boolean; readonly value?: unknown };
  /** the import that bound a name, if an import did */
  importOf(name: string): { readonly specifier: string; readonly export?: string } | undefined;
  /** the import a value came from (the namespace object or one of its exports), if any */
  moduleOf(value: unknown): { readonly specifier: string; readonly export?: string } | undefined;
}
