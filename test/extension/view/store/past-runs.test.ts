import { remainingMs } from "../../../../extension/src/view/store/estimate.js";
import { PastRuns } from "../../../../extension/src/view/store/past-runs.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { matmulGraph, reportGraph } from "../../../support/simulated-graphs.js";

const run = new SimulatedRun(matmulGraph(), { workers: 8 });
const at = (share: number) => RunStore.fromBundle(run.bundleAt(run.end * share));

test.each([0, 0.1, 0.5, 0.9])("at %f of a graph that has run before the time left is known within a tenth", (share) => {
  const past = new PastRuns();
  past.remember(at(1));
  const left = remainingMs(at(share), past.of(at(share)))!;
  expect(Math.abs(left - run.end * (1 - share))).toBeLessThan(run.end / 10);
});

test("another graph, other workers and a run that has not finished tell nothing", () => {
  const past = new PastRuns();
  past.remember(at(0.5));
  expect(past.of(at(0))).toBeUndefined();
  past.remember(at(1));
  expect(past.of(at(0))).toBeDefined();
  const other = new SimulatedRun(reportGraph(), { workers: 8 });
  expect(past.of(RunStore.fromBundle(other.bundleAt(0)))).toBeUndefined();
  const alone = new SimulatedRun(matmulGraph(), { workers: 1 });
  expect(past.of(RunStore.fromBundle(alone.bundleAt(0)))).toBeUndefined();
});
