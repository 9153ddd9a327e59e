import type { Formats } from "./formats.js";
import { trans } from "./translation.js";

/** How many tasks are done: "465 of 778 tasks"; "778 tasks" when all are. */
export function doneOf(done: number, n: number, formats: Formats): string {
  const all = formats.count(n);
  return done === n
    ? trans._n("%2 task", "%2 tasks", n, all)
    : trans._n("%3 of %2 task", "%3 of %2 tasks", n, all, formats.count(done));
}
