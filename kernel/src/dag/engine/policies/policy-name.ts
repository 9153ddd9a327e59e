/**
 * Which task does a free worker get? The answers one can choose from.
 * @see M. Rocklin, "Dask: a flexible parallel computing library" (2016): the task upon which most data depends, upon
 *   which most memory depends, the one nearest its data, or some combination
 * @module
 */

/** Every policy. The first is the default. */
export const POLICIES = ["combined", "fifo", "most-dependents", "most-memory", "nearest-data"] as const;

/**
 * How a task is chosen among those that could run; a higher priority given by the user comes before all of it.
 * - `combined`: the branch at hand is finished before another begins; between equals, the static order
 * - `fifo`: what became ready first
 * - `most-dependents`: the task that most results need, directly or through others
 * - `most-memory`: the task that most bytes wait for
 * - `nearest-data`: the task with most bytes of input from the very worker that is free
 */
export type PolicyName = (typeof POLICIES)[number];
