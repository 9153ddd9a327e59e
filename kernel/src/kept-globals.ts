/**
 * Functions of Node that no module of it exports. Names of cells are properties of the one global object, so a cell
 * may put something else there; these are taken before the first cell runs.
 * @module
 */
export const { queueMicrotask, structuredClone } = globalThis;
