/**
 * Every word of the card that the view does not write: one place to translate. Read when they are shown, not before:
 * the language comes with JupyterLab.
 * @module
 */
import type { RunBundle } from "dagbook/dashboard-messages";
import { formatsFor, trans } from "../view/index.js";
import type { Loss } from "./comm-client.js";

/** How a run stands for a view: its state, or why nothing more is heard of a run that had not ended. */
export type Standing = RunBundle["state"] | Loss | "saved" | "paused";

const STANDING: Readonly<Record<Standing, () => string>> = {
  planned: () => trans.__("not run yet"),
  running: () => trans.__("running"),
  finished: () => trans.__("finished"),
  erred: () => trans.__("failed"),
  cancelled: () => trans.__("cancelled"),
  restarted: () => trans.__("kernel restarted"),
  gone: () => trans.__("not running any more"),
  saved: () => trans.__("saved while it ran"),
  paused: () => trans.__("paused"),
};

export const strings = {
  standing: (standing: Standing) => STANDING[standing](),
  get cancel() {
    return trans.__("Cancel");
  },
  get cancelling() {
    return trans.__("Cancelling…");
  },
  cancelLabel: (title: string) => trans.__("Cancel %1", title),
  get showGraph() {
    return trans.__("Show graph");
  },
  get hideGraph() {
    return trans.__("Hide graph");
  },
  noPicture: (reason: string) => trans.__("The graph could not be drawn: %1", reason),
  tableCaption: (title: string) => trans.__("Progress by function of %1", title),
  get columns() {
    return [
      trans.__("Function"),
      trans.__("Tasks"),
      trans.__("Done"),
      trans.__("Running"),
      trans.__("Failed"),
      trans.__("Left"),
      trans.__("Time"),
      trans.__("Note"),
    ];
  },
  moreErrors: (n: number) => trans._n("and %2 more failure", "and %2 more failures", n, formatsFor().count(n)),
  get stack() {
    return trans.__("Where");
  },
  get unreadable() {
    return trans.__("This output was written by another version of dagbook. Run the cell again to draw it.");
  },
  spokenProgress: (title: string, percent: number) => trans.__("%1: %2 %", title, formatsFor().count(percent)),
  spokenFailure: (title: string) => trans.__("%1: a task failed", title),
  spokenStanding: (title: string, standing: Standing) => trans.__("%1: %2", title, STANDING[standing]()),
  get fit() {
    return trans.__("Fit");
  },
  get table() {
    return trans.__("Table");
  },
  tableLabel: (title: string) => trans.__("Table of %1", title),
};
