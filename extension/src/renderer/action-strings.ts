/**
 * Words of the buttons and of the drawer.
 * @module
 */

/** Characters of a run's id that name it to `resultOf`. */
const SHORT_ID = 8;
const WORDS_BY_STATE = ["waiting", "queued", "running", "done", "done", "failed", "not run"];

export const actionStrings = {
  actions: (title: string) => `Actions for ${title}`,
  cancel: { label: "Cancel", busy: "Cancelling…", full: (title: string) => `Cancel ${title}` },
  pause: { label: "Pause", busy: "Pausing…", full: (title: string) => `Pause ${title}: running tasks go on` },
  resume: { label: "Resume", busy: "Resuming…", full: (title: string) => `Resume ${title}` },
  retry: { label: "Retry failed", busy: "Retrying…", full: (title: string) => `Run what failed in ${title} again` },
  rest: { label: "Run the rest", busy: "Starting…", full: (title: string) => `Run what is left of ${title}` },
  rerun: { label: "Run again", busy: "Starting…", full: (title: string) => `Run all of ${title} again` },
  forgotten: "This kernel does not know the run any more. Run the cell again.",
  value: "The value of this run:",
  valueCode: (run: string) => `await resultOf("${run.replace(/^run-/, "").slice(0, SHORT_ID)}")`,
  details: "Details",
  detailsLabel: (key: string) => `Details of task ${key}`,
  task: (key: string) => `Task ${key}`,
  close: "Close",
  closeLabel: "Close the details",
  asking: "Asking the kernel…",
  unknownTask: "The kernel does not know this task any more.",
  call: "Call",
  state: "State",
  stateOf: (state: number) => WORDS_BY_STATE[state] ?? "",
  worker: "Worker",
  queued: "Queued",
  started: "Started",
  ended: "Ended",
  took: "Took",
  result: "Result",
  needs: "Needs",
  moreTasks: (n: number) => `and ${n} more`,
  printed: "Printed",
  cut: "earlier text left out",
  error: "Error",
  retryTask: "Retry this task",
  goTo: (place: string) => `Go to ${place}`,
};
