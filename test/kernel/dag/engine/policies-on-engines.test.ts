import type { RunEvent } from "../../../../kernel/src/dag/engine/events.js";
import { State } from "../../../../kernel/src/dag/engine/events.js";
import { POLICIES, type PolicyName } from "../../../../kernel/src/dag/engine/policies/policy-name.js";
import { changed, engineKinds, eventsOf, openGate, sharedCells } from "../../../support/engines.js";
import { seededRandom } from "../../../support/graphs.js";
import { packedGraph, requestOf, result } from "../../../support/packed-graphs.js";
import { shapeOf } from "../../../support/policy-driver.js";
import { randomSums, sumsOf } from "../../../support/random-graphs.js";

const tree = { l0: [], l1: [], r0: ["l0", "l1"], l2: [], l3: [], r1: ["l2", "l3"], sum: ["r0", "r1"] };

/** What began where, in the order of time: events tell what runs before what ran earlier in the same batch. */
function begun(
  events: readonly RunEvent[],
  keys: readonly string[],
): { readonly key: string; readonly worker: number }[] {
  const starts = events.flatMap((event) => {
    if (event.type !== "tasks") return [];
    const { task, state, time, worker } = event;
    const all = Array.from(task, (index, i) => ({
      key: keys[index],
      state: state[i],
      time: time[i],
      worker: worker[i],
    }));
    return all.filter((one) => one.state === State.processing);
  });
  return starts.sort((a, b) => a.time - b.time).map(({ key, worker }) => ({ key, worker }));
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
    const ran = begun(await eventsOf(run), Object.keys(tree));
    expect(ran.map(({ key }) => key).join(" ")).toBe(order);
    await engine.close();
  });

  // p and q run at once, z needs both; then each u needs p and z, each v needs q and z: they are ready together
  test("nearest-data gives each worker what needs its own result", async () => {
    const engine = make(2);
    const { buffer, cells } = sharedCells();
    const graph = packedGraph(
      {
        p: ["countAndBlock", buffer],
        q: ["countAndBlock", buffer],
        z: ["pair", result("p"), result("q")],
        v0: ["isNull", result("q"), result("z")],
        v1: ["isNull", result("q"), result("z")],
        u0: ["isNull", result("p"), result("z")],
        u1: ["isNull", result("p"), result("z")],
      },
      ["u0", "u1", "v0", "v1"],
    );
    const { keys } = graph;
    const run = engine.start(requestOf(graph, { policy: "nearest-data" }));
    await changed(cells, 0, 0);
    await changed(cells, 0, 1);
    openGate(cells);
    expect(await run.results).toEqual([false, false, false, false]);
    const ran = begun(await eventsOf(run), keys);
    const workerOf = (key: string) => ran.find((one) => one.key === key)?.worker;
    const firstAfterZ = (worker: number | undefined) =>
      ran.find((one) => one.worker === worker && /[uv]/.test(one.key))?.key.at(0);
    expect(workerOf("p")).not.toBe(workerOf("q"));
    expect([firstAfterZ(workerOf("p")), firstAfterZ(workerOf("q"))]).toEqual(["u", "v"]);
    await engine.close();
  });
});
