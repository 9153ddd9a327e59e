/**
 * What a reader hears who goes through the picture by keyboard.
 * @module
 */
import { type TooltipContent, trans } from "../view/index.js";

export const keyStrings = {
  graph: (title: string) => trans.__("Task graph of %1", title),
  graphRole: () => trans.__("task graph"),
  graphHint: () =>
    trans.__(
      "Arrow keys follow the dependencies, Enter opens a card or the details of a task, plus and minus enlarge, Escape leaves",
    ),
  stream: (title: string) => trans.__("Task stream of %1", title),
  streamRole: () => trans.__("task stream"),
  streamHint: () =>
    trans.__("Arrow keys mark a time, with Shift its end, plus and minus stretch it, Escape ends that and leaves"),
  /** "clean: done 63, failed 1": the words of the tooltip. */
  content: ({ title, lines }: TooltipContent) => `${title}: ${lines.map((line) => line.join(" ")).join(", ")}`,
};
