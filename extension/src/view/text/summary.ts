import { remainingMs } from "../store/estimate.js";
import type { PastRun } from "../store/past-runs.js";
import type { RunStore } from "../store/run-store.js";
import { FORMS, type Form } from "../store/state.js";
import { type Formats, formatsFor } from "./formats.js";

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

const STATE_TEXT = {
  planned: "not run yet",
  running: "running",
  finished: "finished",
  erred: "failed",
  cancelled: "cancelled",
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
    stateText: STATE_TEXT[store.state],
    doneText: doneText(store, forms.done, formats),
    runningText: forms.running > 0 ? `${formats.count(forms.running)} running` : "",
    failedText: forms.failed > 0 ? `${formats.count(forms.failed)} failed` : "",
    stoppedText: forms.stopped > 0 ? `${formats.count(forms.stopped)} not run` : "",
    elapsedText: ran ? elapsedText(store, formats) : "",
    etaText: eta === undefined ? "" : `about ${formats.about(eta)} left`,
    workersText: ran ? plural(store.workers, "worker", formats) : "",
    peakText: store.peak >= LEAST_PEAK ? `peak memory ${formats.bytes(store.peak)}` : "",
    parts: FORMS.filter((form) => form !== "waiting").map((form) => ({ form, share: share(form) })),
    fraction: store.fraction,
  };
}

function doneText(store: RunStore, done: number, formats: Formats): string {
  const all = plural(store.n, "task", formats);
  return store.state === "planned" || done === store.n ? all : `${formats.count(done)} of ${all}`;
}

function elapsedText(store: RunStore, formats: Formats): string {
  return store.state === "running" ? `${formats.clock(store.elapsed)} elapsed` : formats.duration(store.elapsed);
}

function plural(n: number, noun: string, formats: Formats): string {
  return `${formats.count(n)} ${noun}${n === 1 ? "" : "s"}`;
}
