/**
 * Types of values with lazy parts.
 * @module
 */
import type { Collection } from "./collection.js";

/** Values that are taken as they are: nothing in them is looked at. */
type Opaque =
  | string
  | number
  | bigint
  | boolean
  | symbol
  | null
  | undefined
  | ArrayBufferView
  | ArrayBufferLike
  | Date
  | RegExp
  | Error
  | ((...args: never[]) => unknown);

/** What `compute` makes of a value: the same nesting with results in place of collections. */
export type Computed<T> =
  T extends Collection<infer R>
    ? R
    : T extends Opaque
      ? T
      : T extends ReadonlyMap<infer K, infer V>
        ? Map<Computed<K>, Computed<V>>
        : T extends ReadonlySet<infer V>
          ? Set<Computed<V>>
          : T extends object
            ? { -readonly [K in keyof T]: Computed<T[K]> }
            : T;

/** What a delayed function takes where its function takes `T`: a value, a collection of one, or a container with some inside. */
export type Lazy<T> =
  | T
  | Collection<T>
  | (T extends Opaque
      ? never
      : T extends ReadonlyMap<infer K, infer V>
        ? ReadonlyMap<Lazy<K>, Lazy<V>>
        : T extends ReadonlySet<infer V>
          ? ReadonlySet<Lazy<V>>
          : T extends object
            ? { readonly [K in keyof T]: Lazy<T[K]> }
            : never);

/** `Lazy` of each parameter. */
export type LazyArguments<A extends readonly unknown[]> = { [K in keyof A]: Lazy<A[K]> };

/** Parameters of a function, also of one that promises not to change a rest parameter: `(...list: readonly T[])`. */
export type ParametersOf<F> = F extends (...args: infer A extends readonly unknown[]) => unknown ? A : never;
