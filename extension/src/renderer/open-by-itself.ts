import { preferences } from "../settings/preferences.js";
import type { RunStore } from "../view/index.js";

/** Milliseconds; the graph of a shorter run would be gone before it was seen, and cells below would jump for it. */
const LEAST_MS = 300;

/** Whether the graph of a run so small that its header says all is shown although the reader did not ask for it. */
export function opensByItself({ elapsed }: Pick<RunStore, "elapsed">): boolean {
  return preferences().openSmallGraphs && elapsed >= LEAST_MS;
}
