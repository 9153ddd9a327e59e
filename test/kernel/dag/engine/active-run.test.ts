import { ActiveRun } from "../../../../kernel/src/dag/engine/active-run.js";
import { now } from "../../../../kernel/src/dag/engine/clock.js";
import { deferredOutcome } from "../../../../kernel/src/dag/engine/deferred-outcome.js";
import { State } from "../../../../kernel/src/dag/engine/events.js";
import { KeptResults } from "../../../../kernel/src/dag/engine/kept-results.js";
import { packValues } from "../../../../kernel/src/dag/engine/packed-values.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import type { Encoded } from "../../../../kernel/src/dag/engine/value.js";
import type { PackedGraph } from "../../../../kernel/src/dag/graph/packed.js";
import { eventsOf } from "../../../support/engines.js";
import { packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

/** Sums of pairs, sums of those and so on. */
function treeSum(leaves: number): PackedGraph {
  const tasks: Record<string, TaskSpec> = {};
  let last = "";
  const add = (depth: number, first: number): string => {
    const key = `t${depth}-${first}`;
    if (depth === 0) tasks[key] = ["identity", first];
    else {
      const [left, right] = [add(depth - 1, first), add(depth - 1, first + 2 ** (depth - 1))];
      tasks[key] = ["sum", result(left), result(right)];
    }
    last = key;
    return key;
  };
  add(Math.log2(leaves), 0);
  return packedGraph(tasks, [last]);
}

class Started {
  readonly run: ActiveRun;

  constructor(graph: PackedGraph) {
    const request = { id: "run", request: requestOf(graph), literals: graph.literals as Encoded[] };
    this.run = new ActiveRun(request, 16, new KeptResults("test"), deferredOutcome().settler);
  }

  take() {
    return this.run.take(16);
  }

  /** One task was taken and has run for `ms`. */
  runOne(value: Encoded, ms: number): void {
    const { tasks } = this.take();
    const values = packValues([value]);
    this.run.replied(tasks, { count: 1, times: Float64Array.of(now(), now() + ms), returned: [0], values }, 0);
  }
}

test("after a small result other branches may begin ahead, until eight results are open", () => {
  const started = new Started(treeSum(64));
  started.runOne(1, 3);
  // The first one makes the sum of a pair ready.
  expect(started.take().isContinued).toBe(true);
  const isContinued = Array.from({ length: 8 }, () => started.take().isContinued);
  expect(isContinued).toEqual([false, false, false, false, false, false, true, true]);
});

test("after a large result no branch begins ahead", () => {
  const started = new Started(treeSum(64));
  started.runOne(new Uint8Array(100_000), 3);
  expect(started.take().isContinued).toBe(true);
});

test.each([
  ["a message takes longer", treeSum(64), 0.01, true],
  ["the tasks take long", treeSum(64), 3, false],
  [
    "nothing comes of the tasks",
    packedGraph({ a: ["nothing"], b: ["nothing"], c: ["nothing"] }, ["a", "b", "c"]),
    0.01,
    false,
  ],
])("whether others should wait for a batch: %s", (_case, graph, ms, isSoonOver) => {
  const started = new Started(graph);
  started.runOne(1, ms);
  expect(started.take().isSoonOver).toBe(isSoonOver);
});

test("one worker holds no more than eleven results of a tree sum of 128 tiny tasks", async () => {
  const engine = new ThreadEngine({ workers: 1 });
  const run = engine.start(requestOf(treeSum(128)));
  let alive = 0;
  let most = 0;
  for (const event of await eventsOf(run)) {
    if (event.type !== "tasks") continue;
    for (const state of event.state) {
      if (state === State.memory) alive += 1;
      if (state === State.released) alive -= 1;
      most = Math.max(most, alive);
    }
  }
  expect(await run.results).toEqual([(127 * 128) / 2]);
  expect(most).toBeLessThanOrEqual(11);
  await engine.close();
});
