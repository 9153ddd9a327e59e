import type { SessionScope } from "./shipped.js";

/** The scope outside a kernel: no cells, no names. Closures and module files are read from V8 anyway. */
export const plainScope: SessionScope = {
  lookup: () => ({ found: false }),
  importOf: () => undefined,
  moduleOf: () => undefined,
};
