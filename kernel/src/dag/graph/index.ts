/**
 * Raw graphs: build them, look into them, change them. Public as "dagbook/graph".
 * @module
 */
export { Graph, type GraphSource } from "./graph.js";
export { formatKey, groupOfKey, type Key } from "./key.js";
export type { Kept, PackedGraph, TaskOptions } from "./packed.js";
export { KeptResult, type NamedOptions, Reference, ref, Task, task } from "./task.js";
