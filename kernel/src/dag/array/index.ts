/**
 * Chunked arrays.
 * @module
 */
export { type AnyArray, type ArrayLike, ChunkedArray } from "./chunked-array.js";
export { da } from "./da.js";
export { type Slice, slice } from "./selection.js";
