import type { Run } from "../../../kernel/src/dag/engine/engine.js";
import { CellRuns } from "../../../kernel/src/jupyter/cell-runs.js";

interface Controlled {
  readonly run: Run;
  readonly reasons: (string | undefined)[];
  end(): Promise<void>;
}

function controlled(): Controlled {
  const reasons: (string | undefined)[] = [];
  let finish = (_values: readonly unknown[]): void => undefined;
  const results = new Promise<readonly unknown[]>((resolve) => {
    finish = resolve;
  });
  const events = (async function* () {})();
  const run: Run = { id: "r", events, results, cancel: (reason) => reasons.push(reason), pause() {}, resume() {} };
  return {
    run,
    reasons,
    end: async () => {
      finish([]);
      await results;
    },
  };
}

test("an interrupt cancels the runs of its cell and no others", () => {
  const runs = new CellRuns();
  const [a, b, other] = [controlled(), controlled(), controlled()];
  runs.add(a.run, "c1");
  runs.add(b.run, "c1");
  runs.add(other.run, "c2");
  runs.cancel("c1", "interrupted");
  runs.cancel("c3", "interrupted");
  expect([a.reasons, b.reasons, other.reasons]).toEqual([["interrupted"], ["interrupted"], []]);
});

test("a run that is over is not cancelled", async () => {
  const runs = new CellRuns();
  const a = controlled();
  runs.add(a.run, "c1");
  await a.end();
  runs.cancel("c1", "interrupted");
  expect(a.reasons).toEqual([]);
});
