import { choicesOf, runBefore } from "../../../extension/src/runs/compared-runs.js";
import type { ListedRun, RunList } from "../../../extension/src/runs/run-list.js";

const listed = (run: string, t0: number, others: Partial<ListedRun> = {}): ListedRun => ({
  run,
  t0,
  t1: 400,
  title: "mean",
  n: 17,
  state: "finished",
  done: 17,
  erred: 0,
  running: 0,
  elapsed: 400,
  line: { kernel: "k", path: "a.ipynb", isOpen: true, client: {} as never },
  ...others,
});
const listOf = (...runs: ListedRun[]) => ({ runs }) as unknown as RunList;
const place = (run: string) => ({ kernel: "k", run });

test("the last run of a graph is the newest older one of the same title and number of tasks", () => {
  const list = listOf(
    listed("e", 50),
    listed("d", 40, { title: "other" }),
    listed("c", 30, { n: 18 }),
    listed("b", 20),
    listed("a", 10),
  );
  expect(runBefore(list, place("e"))?.run).toBe("b");
  expect(runBefore(list, place("b"))?.run).toBe("a");
  expect(runBefore(list, place("a"))).toBeUndefined();
  expect(runBefore(list, place("d"))).toBeUndefined();
  expect(runBefore(list, place("unknown"))).toBeUndefined();
});

test("runs to choose from are numbered, so that no two lines are the same", () => {
  const choices = choicesOf([listed("b", 20, { done: 3, state: "cancelled" }), listed("a", 20), listed("c", 20)]);
  expect(choices[0]).toMatch(/^1\. mean · .* · cancelled · 3 of 17 tasks · 0\.40 s · a\.ipynb$/);
  expect(new Set(choices).size).toBe(3);
});
