/**
 * Raw graphs: build them, look into them, change them. Public as "dagbook/graph".
 * @module
 */
export { resolveAliases } from "./aliases.js";
export { cull, dependenciesOf } from "./cull.js";
export { type FuseOptions, fuse } from "./fuse.js";
export { Graph, type GraphSource } from "./graph.js";
export { type InlineOptions, inline, inlineFunctions } from "./inline.js";
export { formatKey, groupOfKey, type Key } from "./key.js";
export { type Diagnostics, diagnostics, order } from "./order.js";
export { describeGraph, type GraphShape, packGraph } from "./pack.js";
export type { Kept, PackedGraph, TaskOptions } from "./packed.js";
export { referencesOf, substitute } from "./references.js";
export { fuseTasks, runTask } from "./run-task.js";
export { KeptResult, type NamedOptions, Reference, ref, Task, task } from "./task.js";
