/**
 * Raw graphs: build them, look into them, change them. Public as "dagbook/graph".
 * @module
 */
export { cull, dependenciesOf } from "./cull.js";
export { fuse } from "./fuse.js";
export { Graph, type GraphSource } from "./graph.js";
export { formatKey, groupOfKey, type Key } from "./key.js";
export { type Diagnostics, diagnostics, order } from "./order.js";
export { describeGraph, type GraphShape, packGraph } from "./pack.js";
export type { Kept, PackedGraph, TaskOptions } from "./packed.js";
export { KeptResult, type NamedOptions, Reference, ref, Task, task } from "./task.js";
