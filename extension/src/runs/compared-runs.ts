import { strings } from "../renderer/strings.js";
import { doneOf, formatsFor, locale } from "../view/index.js";
import type { ListedRun, RunList } from "./run-list.js";
import type { RunPlace } from "./run-panel.js";

const SEPARATOR = " · ";

/** The last run of the same graph before `place`, as far as the list can tell: of the same title and number of tasks. */
export function runBefore({ runs }: RunList, { kernel, run }: RunPlace): ListedRun | undefined {
  const listed = runs.find((one) => one.run === run && one.line.kernel === kernel);
  return listed && runs.find((one) => one.t0 < listed.t0 && one.title === listed.title && one.n === listed.n);
}

/** Where a listed run is. */
export function placeOf({ line, run }: ListedRun): RunPlace {
  return { kernel: line.kernel, run };
}

/** Runs to choose from, a line each; numbered, so that no two are the same. */
export function choicesOf(runs: readonly ListedRun[]): readonly string[] {
  const formats = formatsFor();
  const time = new Intl.DateTimeFormat(locale(), { timeStyle: "medium" });
  return runs.map(({ title, state, t0, done, n, elapsed, line }, place) => {
    const facts = [
      title,
      time.format(t0),
      strings.standing(state),
      doneOf(done, n, formats),
      formats.duration(elapsed),
    ];
    return `${place + 1}. ${[...facts, line.path].filter(Boolean).join(SEPARATOR)}`;
  });
}
