import type { RunStore } from "../store/run-store.js";
import { formatsFor } from "./formats.js";
import { trans } from "./translation.js";

/** One function of a run, as a row of the table that stands beside the picture for screen readers. */
export interface TableRow {
  readonly name: string;
  readonly tasks: string;
  readonly done: string;
  readonly running: string;
  readonly failed: string;
  /** waiting, queued or never run */
  readonly left: string;
  /** time its tasks ran, summed */
  readonly time: string;
  readonly note: string;
}

/** The numbers of the picture as text: one row per function, in the order of the graph. */
export function table(store: RunStore, locale?: string): TableRow[] {
  const formats = formatsFor(locale);
  return store.groups.map((group, g) => {
    const forms = store.forms(g);
    const blockedBy = store.failures.blockedBy[g]!;
    return {
      name: group.name,
      tasks: formats.count(group.n),
      done: formats.count(forms.done),
      running: formats.count(forms.running),
      failed: formats.count(forms.failed),
      left: formats.count(forms.waiting + forms.queued + forms.stopped),
      time: formats.duration(store.tasks.groupMs[g]!),
      note: blockedBy > 0 ? trans.__("blocked by %1 failed", formats.count(blockedBy)) : "",
    };
  });
}
