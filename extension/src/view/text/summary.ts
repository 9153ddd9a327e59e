import { remainingMs } from "../store/estimate.js";
import type { PastRun } from "../store/past-runs.js";
import type { RunStore } from "../store/run-store.js";
import { FORMS, type Form } from "../store/state.js";
import { doneOf } from "./done-of.js";
import { type Formats, formatsFor } from "./formats.js";
import { trans } from "./translation.js";

/** The header of a view in words, ready for the DOM. Empty strings stand for nothing to say. */
export interface Summary {
  readonly title: string;
  readonly stateText: string;
  readonly doneText: string;
  readonly runningText: string;
  /** the only red thing of a header */
  readonly failedText: string;
  readonly stoppedText: string;
  readonly elapsedText: string;
  readonly etaText: string;
  readonly workersText: string;
  readonly peakText: string;
  /** parts of the overall bar in order, shares of 1; the rest is waiting */
  readonly parts: readonly { readonly form: Form; readonly share: number }[];
  /** share of tasks done, 0 … 1 */
  readonly fraction: number;
}

/** Bytes; less is not worth a word. */
const LEAST_PEAK = 1024;
/** A run that takes less needs no word on when it ends: that would be gone before it is read. */
const LEAST_ETA_MS = 2_000;

const STATE_TEXT = {
  planned: () => trans.__("not run yet"),
  running: () => trans.__("running"),
  finished: () => trans.__("finished"),
  erred: () => trans.__("failed"),
  cancelled: () => trans.__("cancelled"),
} as const;

/**
 * @param locale a BCP 47 tag for numbers
 * @param past the last run of the same graph, from which the time left is known at once
 */
export function summary(store: RunStore, locale?: string, past?: PastRun): Summary {
  const formats = formatsFor(locale);
  const forms = store.forms();
  const ran = store.state !== "planned";
  const eta = remainingMs(store, past);
  const share = (form: Form) => (store.n === 0 ? 0 : forms[form] / store.n);
  return {
    title: store.title,
    stateText: STATE_TEXT[store.state](),
    doneText: doneOf(ran ? forms.done : store.n, store.n, formats),
    runningText: forms.running > 0 ? trans.__("%1 running", formats.count(forms.running)) : "",
    failedText: forms.failed > 0 ? trans.__("%1 failed", formats.count(forms.failed)) : "",
    stoppedText: forms.stopped > 0 ? trans.__("%1 not run", formats.count(forms.stopped)) : "",
    elapsedText: ran ? elapsedText(store, formats) : "",
    etaText:
      eta === undefined || store.elapsed + eta < LEAST_ETA_MS ? "" : trans.__("about %1 left", formats.about(eta)),
    workersText: ran ? trans._n("%2 worker", "%2 workers", store.workers, formats.count(store.workers)) : "",
    peakText: store.peak >= LEAST_PEAK ? trans.__("peak memory %1", formats.bytes(store.peak)) : "",
    parts: FORMS.filter((form) => form !== "waiting").map((form) => ({ form, share: share(form) })),
    fraction: store.fraction,
  };
}

function elapsedText(store: RunStore, formats: Formats): string {
  return store.state === "running"
    ? trans.__("%1 elapsed", formats.clock(store.elapsed))
    : formats.duration(store.elapsed);
}
