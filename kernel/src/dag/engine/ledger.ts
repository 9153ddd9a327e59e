/**
 * Who counts the bytes of results.
 * @module
 */
export interface Ledger {
  /** Results take `delta` more (or, if negative, fewer) bytes of memory. */
  held(delta: number): void;
  /** The same of the disk. */
  spilled(delta: number): void;
}
