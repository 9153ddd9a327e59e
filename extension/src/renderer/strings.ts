/**
 * Every word of the card that the view does not write: one place to translate.
 * @module
 */
import type { RunBundle } from "dagbook/dashboard-messages";
import type { Loss } from "./comm-client.js";

/** How a run stands for a view: its state, or why nothing more is heard of a run that had not ended. */
export type Standing = RunBundle["state"] | Loss | "saved" | "paused";

const STANDING: Readonly<Record<Standing, string>> = {
  planned: "not run yet",
  running: "running",
  finished: "finished",
  erred: "failed",
  cancelled: "cancelled",
  restarted: "kernel restarted",
  gone: "not running any more",
  saved: "saved while it ran",
  paused: "paused",
};

const failures = (n: number) => (n === 1 ? "failure" : "failures");

export const strings = {
  standing: (standing: Standing) => STANDING[standing],
  showGraph: "Show graph",
  hideGraph: "Hide graph",
  noPicture: (reason: string) => `The graph could not be drawn: ${reason}`,
  tableCaption: (title: string) => `Progress by function of ${title}`,
  columns: ["Function", "Tasks", "Done", "Running", "Failed", "Left", "Time", "Note"],
  moreErrors: (n: number) => `and ${n} more ${failures(n)}`,
  stack: "Where",
  unreadable: "This output was written by another version of dagbook. Run the cell again to draw it.",
  spokenProgress: (title: string, percent: number) => `${title}: ${percent} %`,
  spokenFailure: (title: string) => `${title}: a task failed`,
  spokenEnd: (title: string, standing: Standing) => `${title}: ${STANDING[standing]}`,
};
