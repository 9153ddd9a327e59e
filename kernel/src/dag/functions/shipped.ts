/**
 * A function in a form that a worker thread can receive (structured clone) and rebuild.
 * @module
 */

/** An import that gives a value: an export of a module, or without `export` the module's namespace. */
export interface ModuleExport {
  readonly specifier: string;
  readonly export?: string;
}

/** A function that is an export of a module: the worker imports it. */
export interface ModuleFunction {
  readonly kind: "module";
  /** equal ids mean equal functions; workers cache by it */
  readonly id: string;
  readonly name: string;
  /** as in an import: absolute URL, `node:` name, or what resolves from `from` */
  readonly specifier: string;
  /** URL of the file whose imports it resolves like; without it: the notebook's folder (`process.cwd()`) */
  readonly from?: string;
  /** name of the export, or a path from it: `default.map` */
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

/** A function on its way to a worker. */
export type ShippedFunction = ModuleFunction | ClosureFunction;

/** How a node of a closure names another value. */
export type ValueRef =
  | { readonly kind: "node"; readonly index: number }
  | { readonly kind: "literal"; readonly value: unknown }
  /** a module namespace, or one export of it; `from` as in `ModuleFunction` */
  | { readonly kind: "module"; readonly specifier: string; readonly from?: string; readonly export?: string }
  /** a JavaScript or Node global, or a member of one: `Math`, `Array.prototype.slice` */
  | { readonly kind: "global"; readonly name: string }
  /** `require` of a CommonJS file, or of the notebook's folder if `from` is missing */
  | { readonly kind: "require"; readonly from?: string }
  | { readonly kind: "symbol"; readonly key: string; readonly registered: boolean };

/** Where a function's source begins, so that a stack trace of a worker names the cell and its line. */
export interface SourcePlace {
  /** script name as V8 knows it: `cell-3.ts`, a file URL or a path */
  readonly file: string;
  /** both counted from 0 */
  readonly line: number;
  readonly column: number;
}

/** One value of a closure: a function, a container or plain data. References make cycles possible. */
export type ClosureNode =
  | {
      readonly kind: "function";
      readonly name: string;
      readonly source: string;
      /** how `source` becomes an expression: as it is, as a method or as a getter of an object or class */
      readonly form: "expression" | "method" | "classMethod";
      /** name of the method; empty for an expression */
      readonly key: string;
      readonly isClass: boolean;
      readonly isStrict: boolean;
      /** the source contains `import(…)` */
      readonly importsDynamically: boolean;
      readonly place?: SourcePlace;
      readonly captured: Readonly<Record<string, ValueRef>>;
      /** properties that were added to the function object */
      readonly properties: Readonly<Record<string, ValueRef>>;
    }
  | { readonly kind: "bound"; readonly target: ValueRef; readonly self: ValueRef; readonly args: readonly ValueRef[] }
  | { readonly kind: "array"; readonly items: readonly ValueRef[] }
  | { readonly kind: "object"; readonly entries: Readonly<Record<string, ValueRef>>; readonly nullPrototype: boolean }
  | { readonly kind: "instance"; readonly constructor: ValueRef; readonly entries: Readonly<Record<string, ValueRef>> }
  | { readonly kind: "map"; readonly entries: readonly (readonly [key: ValueRef, value: ValueRef])[] }
  | { readonly kind: "set"; readonly items: readonly ValueRef[] }
  /** a value that structured clone copies as a whole */
  | { readonly kind: "data"; readonly value: unknown }
  /** bytes of a Node `Buffer`, which structured clone would turn into a plain Uint8Array */
  | { readonly kind: "buffer"; readonly value: Uint8Array }
  | { readonly kind: "url"; readonly href: string }
  /** stands for another value: the root of a closure that is itself a global */
  | { readonly kind: "alias"; readonly to: ValueRef };

/**
 * What shipping must know of the notebook: the names that cells bound and where imports came from.
 * A kernel session gives one; a plain Node script has the default (no notebook names).
 */
export interface SessionScope {
  /** value of a name bound by a cell */
  lookup(name: string): { readonly found: boolean; readonly value?: unknown };
  /** the import that bound a name, if an import did */
  importOf(name: string): ModuleExport | undefined;
  /** the import a value came from (the namespace object or one of its exports), if any */
  moduleOf(value: unknown): ModuleExport | undefined;
  /**
   * Cells that ran, newest first: script name and the text given to V8. Finds the cell of a function without
   * asking V8 for the names of all scripts (5 to 20 ms per new cell).
   */
  cells?(): Iterable<{ readonly name: string; readonly code: string }>;
  /** Where the user wrote what stands at a place of a cell's script; for messages, a worker keeps the script's places. */
  writtenAt?(place: SourcePlace): SourcePlace | undefined;
}
