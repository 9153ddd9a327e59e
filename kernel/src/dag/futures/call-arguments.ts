/**
 * Types of the arguments of calls that are submitted.
 * @module
 */
import type { Lazy } from "../computed.js";
import type { Delayed } from "../delayed-result.js";
import type { Future } from "./future.js";

/**
 * What a call takes where its function takes `T`. Futures and delayed results are named, though `Lazy` has them too: so
 * TypeScript finds the parameters of a function that does not say their types.
 */
export type CallArgument<T> = Future<T> | Delayed<T> | Lazy<T>;

/** `CallArgument` of each parameter. */
export type CallArguments<A extends readonly unknown[]> = { [K in keyof A]: CallArgument<A[K]> };

/** An iterable of arguments for each parameter. */
export type Iterables<A extends readonly unknown[]> = { [K in keyof A]: Iterable<CallArgument<A[K]>> };
