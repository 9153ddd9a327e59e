/**
 * Words of the buttons and of the drawer.
 * @module
 */
import { formatsFor, trans } from "../view/index.js";

/** Characters of a run's id that name it to `resultOf`. */
const SHORT_ID = 8;
/** By state code. */
const WORDS_BY_STATE = [
  () => trans.__("waiting"),
  () => trans.__("queued"),
  () => trans.__("running"),
  () => trans.__("done"),
  () => trans.__("done"),
  () => trans.__("failed"),
  () => trans.__("not run"),
];

/** A full text begins with the label: who speaks to the page says what is seen. */
export const actionStrings = {
  actions: (title: string) => trans.__("Actions for %1", title),
  cancel: {
    label: () => trans.__("Cancel"),
    busy: () => trans.__("Cancelling…"),
    full: (title: string) => trans.__("Cancel %1", title),
  },
  pause: {
    label: () => trans.__("Pause"),
    busy: () => trans.__("Pausing…"),
    full: (title: string) => trans.__("Pause %1: running tasks go on", title),
  },
  resume: {
    label: () => trans.__("Resume"),
    busy: () => trans.__("Resuming…"),
    full: (title: string) => trans.__("Resume %1", title),
  },
  retry: {
    label: () => trans.__("Retry failed"),
    busy: () => trans.__("Retrying…"),
    full: (title: string) => trans.__("Retry failed tasks of %1, with the same code", title),
  },
  rest: {
    label: () => trans.__("Run the rest"),
    busy: () => trans.__("Starting…"),
    full: (title: string) => trans.__("Run the rest of %1, with the same code", title),
  },
  rerun: {
    label: () => trans.__("Run again"),
    busy: () => trans.__("Starting…"),
    full: (title: string) => trans.__("Run again: all of %1, with the same code", title),
  },
  forgotten: () => trans.__("This kernel does not know the run any more. Run the cell again."),
  sameCode: () =>
    trans.__("Repeated with the code of the first run. To use what you have changed, run the cell again."),
  value: () => trans.__("The value of this run:"),
  valueCode: (run: string) => `await resultOf("${run.replace(/^run-/, "").slice(0, SHORT_ID)}")`,
  details: () => trans.__("Details"),
  detailsLabel: (key: string) => trans.__("Details of task %1", key),
  task: (key: string) => trans.__("Task %1", key),
  close: () => trans.__("Close"),
  closeLabel: () => trans.__("Close the details"),
  asking: () => trans.__("Asking the kernel…"),
  unknownTask: () => trans.__("The kernel does not know this task any more."),
  call: () => trans.__("Call"),
  state: () => trans.__("State"),
  stateOf: (state: number) => WORDS_BY_STATE[state]?.() ?? "",
  worker: () => trans.__("Worker"),
  queued: () => trans.__("Queued"),
  started: () => trans.__("Started"),
  afterStart: (time: string) => trans.__("%1 after the run began", time),
  ended: () => trans.__("Ended"),
  took: () => trans.__("Took"),
  result: () => trans.__("Result"),
  needs: () => trans.__("Needs"),
  moreTasks: (n: number) => trans._n("and %2 more", "and %2 more", n, formatsFor().count(n)),
  printed: () => trans.__("Printed"),
  cut: () => trans.__("earlier text left out"),
  error: () => trans.__("Error"),
  retryFailed: () => trans.__("Retry failed"),
  goTo: (place: string) => trans.__("Go to %1", place),
};
