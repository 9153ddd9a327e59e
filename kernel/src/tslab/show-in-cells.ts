import { createRequire } from "node:module";
import { sep } from "node:path";
import { wireBundle } from "../session/display/bundle-of.js";
import { displayTarget } from "../session/display/display-target.js";

/** What tslab's `display` and `newDisplay` hand to the kernel; a `display_data` message, but for its JSON. */
interface TslabDisplayData {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient: { readonly display_id?: string };
}

/** The part of tslab's module `dist/jupyter` through which its `display` reaches a kernel. */
export interface TslabJupyter {
  lastWriteDisplayData: unknown;
}

const cache = createRequire(import.meta.url).cache;
const ending = ["", "tslab", "dist", "jupyter.js"].join(sep);

/** What tslab shows goes to the cell that shows it. Without a kernel tslab throws "Not ready". */
export function showInCells(jupyter: TslabJupyter): void {
  jupyter.lastWriteDisplayData = show;
}

/** The same for every copy of tslab that is loaded: a module that a cell imports may have loaded its own. */
export function showLoadedInCells(): void {
  for (const [path, module] of Object.entries(cache)) {
    if (path.endsWith(ending) && module?.loaded) showInCells(module.exports);
  }
}

/** @param update whether it replaces what this display showed before; undefined the first time */
function show({ data, metadata, transient }: TslabDisplayData, update: boolean | undefined): void {
  const id = transient.display_id;
  displayTarget().show({
    data: wireBundle(data),
    metadata,
    ...(id === undefined ? {} : { displayId: id }),
    update: update === true,
  });
}
