import type { RunStarted } from "../dag/engine/events.js";
import { plannedBundle } from "./bundle.js";
import { type MimeBundle, mimeOf } from "./mime.js";

/** What `visualize` shows: a graph that has not run. */
export function bundleOfGraph(started: RunStarted): MimeBundle {
  return mimeOf(plannedBundle(started));
}
