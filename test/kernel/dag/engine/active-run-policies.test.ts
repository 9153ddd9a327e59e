import { ActiveRun } from "../../../../kernel/src/dag/engine/active-run.js";
import { now } from "../../../../kernel/src/dag/engine/clock.js";
import { deferredOutcome } from "../../../../kernel/src/dag/engine/deferred-outcome.js";
import { KeptResults } from "../../../../kernel/src/dag/engine/kept-results.js";
import { packValues } from "../../../../kernel/src/dag/engine/packed-values.js";
import type { PolicyName } from "../../../../kernel/src/dag/engine/policies/policy-name.js";
import type { Encoded } from "../../../../kernel/src/dag/engine/value.js";
import type { TaskOptions } from "../../../../kernel/src/dag/graph/packed.js";
import { packedGraph, requestOf, result } from "../../../support/packed-graphs.js";

// small — y    big — x
const tasks = {
  small: ["identity", "s"],
  big: ["nothing"],
  y: ["sum", result("small")],
  x: ["sum", result("big")],
} as const;

/** A run whose workers are the test. */
class Started {
  readonly run: ActiveRun;
  readonly keys: readonly string[];

  constructor(policy: PolicyName, options: Readonly<Record<string, TaskOptions>> = {}) {
    const graph = packedGraph(tasks, ["y", "x"], options);
    const request = { id: "run", request: requestOf(graph, { policy }), literals: graph.literals as Encoded[] };
    this.keys = graph.keys;
    this.run = new ActiveRun(request, 3, new KeptResults("test"), deferredOutcome().settler);
  }

  take(worker: number): string[] {
    return this.run.take(3, worker).tasks.map((task) => this.keys[task]);
  }

  /** The worker has run the task, which took long. */
  reply(key: string, value: Encoded, worker: number): void {
    const reply = { count: 1, times: Float64Array.of(now(), now() + 50), returned: [0], values: packValues([value]) };
    this.run.replied([this.keys.indexOf(key)], reply, worker);
  }
}

test("most-memory goes by the sizes that results turned out to have", () => {
  const run = new Started("most-memory");
  expect([run.take(0), run.take(1)]).toEqual([["small"], ["big"]]);
  run.reply("small", "s", 0);
  run.reply("big", "b".repeat(5_000), 1);
  expect([run.take(0), run.take(1)]).toEqual([["x"], ["y"]]);
});

test("most-memory believes the option memory of a task", () => {
  const run = new Started("most-memory", { small: { memory: 10 }, big: { memory: 9_000 } });
  expect([run.take(0), run.take(1)]).toEqual([["small"], ["big"]]);
  run.reply("small", "s".repeat(5_000), 0);
  run.reply("big", "b", 1);
  expect([run.take(0), run.take(1)]).toEqual([["x"], ["y"]]);
});

test.each([
  [0, "y"],
  [1, "x"],
])("nearest-data knows which worker asks: worker %d gets %s", (worker, next) => {
  const run = new Started("nearest-data");
  expect([run.take(0), run.take(1)]).toEqual([["small"], ["big"]]);
  run.reply("small", "s", 0);
  run.reply("big", "b".repeat(5_000), 1);
  expect(run.take(worker)).toEqual([next]);
});
