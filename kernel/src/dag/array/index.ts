/**
 * Chunked arrays.
 * @module
 */
export type { BlockInfo, BlockResult } from "./blocks/map-block.js";
export type { BlockwiseOptions } from "./blockwise.js";
export { type AnyArray, type ArrayLike, ChunkedArray } from "./chunked-array.js";
export { da } from "./da.js";
export type { ScalarFunction, ScalarMapOptions } from "./map.js";
export type { MapBlocksOptions } from "./map-blocks.js";
export { type Slice, slice } from "./selection.js";
