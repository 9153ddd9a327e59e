import type { RunEvent } from "../../../../kernel/src/dag/engine/events.js";
import { State } from "../../../../kernel/src/dag/engine/events.js";
import { POLICIES, type PolicyName } from "../../../../kernel/src/dag/engine/policies/policy-name.js";
import { engineKinds, eventsOf } from "../../../support/engines.js";
import { seededRandom } from "../../../support/graphs.js";
import { requestOf } from "../../../support/packed-graphs.js";
import { shapeOf } from "../../../support/policy-driver.js";
import { randomSums, sumsOf } from "../../../support/random-graphs.js";

const tree = { l0: [], l1: [], r0: ["l0", "l1"], l2: [], l3: [], r1: ["l2", "l3"], sum: ["r0", "r1"] };

/** Keys in the order in which they began. */
function begun(events: readonly RunEvent[], keys: readonly string[]): string[] {
  return events.flatMap((event) => {
    if (event.type !== "tasks") return [];
    return event.task.filter((_, i) => event.state[i] === State.processing).map((task) => keys[task]);
  });
}

describe.each(engineKinds)("%s", (_name, make) => {
  test.each(POLICIES)("results under %s are those of a calculation by hand", async (policy) => {
    const engine = make(3);
    const random = seededRandom(POLICIES.indexOf(policy));
    for (let i = 0; i < 8; i++) {
      const graph = randomSums(1 + Math.floor(random() * 300), 1.1, random);
      const [outputs, sums] = [[...graph.outputs], sumsOf(graph)];
      const results = await engine.start(requestOf(graph, { policy, workers: 1 + (i % 3) })).results;
      expect(results).toEqual(outputs.map((task) => sums[task]));
    }
    await engine.close();
  });

  test.each<[PolicyName, string]>([
    ["combined", "l0 l1 r0 l2 l3 r1 sum"],
    ["fifo", "l0 l1 l2 l3 r0 r1 sum"],
  ])("one worker runs %s in the order %s", async (policy, order) => {
    const engine = make(1);
    const run = engine.start(requestOf(shapeOf(tree), { policy }));
    await run.results;
    expect(begun(await eventsOf(run), Object.keys(tree)).join(" ")).toBe(order);
    await engine.close();
  });
});
