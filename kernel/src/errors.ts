/**
 * Every error class this package throws on purpose. A message holds the value, the expectation and
 * the cure; facts stand in `facts`; the original error in `cause`.
 * @module
 */

/** Facts that a program may read instead of parsing the message. */
export type Facts = Readonly<Record<string, unknown>>;

/** Base class: everything thrown on purpose by dagbook. */
export class DagbookError extends Error {
  readonly facts: Facts;
  constructor(message: string, facts: Facts = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.facts = facts;
  }
}

/** A key is not a string, a number or an array of those. */
export class KeyError extends DagbookError {}
/** A graph is not runnable: a cycle, a missing reference, two tasks with one key. */
export class GraphError extends DagbookError {}
/** A function, or something it uses, cannot travel to a worker. */
export class ShipError extends DagbookError {}
/**
 * A task threw; `cause` is the task's own error, `facts.key` its key, `facts.args` a preview of the arguments and
 * `facts.unit` the key of what ran: the fused task, if it was fused with others.
 */
export class TaskError extends DagbookError {}
/** A run was cancelled: by its AbortSignal, from the view or by an interrupt. */
export class CancelledError extends DagbookError {}
/** A worker thread ended while it ran a task. */
export class WorkerError extends DagbookError {}
/** Shapes, axes or chunks do not fit together. */
export class ShapeError extends DagbookError {}
/** Sizes of chunks are wrong for a shape. */
export class ChunkError extends DagbookError {}
/** An element type is unknown or does not fit. */
export class DTypeError extends DagbookError {}
/** The array memory is full. */
export class MemoryError extends DagbookError {}
/** An argument of a public function is wrong. */
export class ArgumentError extends DagbookError {}
/** A module, or an export of it, is not there or cannot be loaded. */
export class ImportError extends DagbookError {}
/** Stop was pressed: thrown where a cell awaits something, or waits for what a person types. */
export class KeyboardInterrupt extends DagbookError {}
/** The person at the notebook cannot be asked. */
export class InputError extends DagbookError {}
/** A channel to the front end cannot be opened, or what shall be sent on it cannot. */
export class CommError extends DagbookError {}
/** A message on a Jupyter channel is malformed or its signature is wrong. */
export class MessageError extends DagbookError {}
/** A matrix has not what was asked for: it is singular, not positive definite, or its elements are not finite. */
export class LinAlgError extends DagbookError {}
/** A file or folder of an array cannot be read or written, or does not hold what it should. */
export class StorageError extends DagbookError {}

/**
 * True for any error of this package, also one from another copy of it or another realm.
 * @param value anything that was thrown
 */
export function isDagbookError(value: unknown): value is DagbookError {
  return typeof value === "object" && value !== null && "facts" in value && "message" in value && "stack" in value;
}
