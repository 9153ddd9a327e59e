// How many results a run holds at one time: with every batch a worker could open a branch of its own.
import { type RunEvent, State } from "../../../../kernel/src/dag/engine/events.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import type { PackedGraph } from "../../../../kernel/src/dag/graph/packed.js";
import { eventsOf } from "../../../support/engines.js";
import { packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";
import { runOnPaper } from "../../../support/paper-workers.js";

const WORKERS = [1, 2, 4, 8];
/** as `split_every` of dask.array in one dimension */
const FAN_IN = 4;
const CHUNKS = 160;
const TOTAL = ((CHUNKS - 1) * CHUNKS) / 2;

/** A sum of chunks by fours, in the static order: the first four chunks, their sum, the next four and so on. */
function treeSum(leaf: TaskSpec[0], ...args: readonly unknown[]): PackedGraph {
  const tasks: Record<string, TaskSpec> = {};
  const add = (first: number, count: number): string => {
    const key = `sum of ${count} from ${first}`;
    const inputs: string[] = [];
    const part = FAN_IN ** (Math.ceil(Math.log(count) / Math.log(FAN_IN) - 1e-9) - 1);
    for (let at = first; at < first + count; at += part) inputs.push(addPart(at, Math.min(part, first + count - at)));
    tasks[key] = ["sum", ...inputs.map(result)];
    return key;
  };
  const addPart = (first: number, count: number): string => {
    if (count > 1) return add(first, count);
    tasks[`chunk ${first}`] = [leaf, ...args, first];
    return `chunk ${first}`;
  };
  return packedGraph(tasks, [add(0, CHUNKS)]);
}

/**
 * Highest number of results that wait for tasks, or for the end, when a task has finished and let go what it used.
 * @param isCounted default: all, also results that never left their batch
 */
function mostHeld(events: readonly RunEvent[], isCounted = (_task: number): boolean => true): number {
  let held = 0;
  let most = 0;
  for (const event of events) {
    if (event.type !== "tasks") continue;
    for (const [i, state] of event.state.entries()) {
      if (!isCounted(event.task[i])) continue;
      // What a task lets go is told after its own result.
      if (state === State.memory) most = Math.max(most, held);
      if (state === State.memory) held += 1;
      if (state === State.released) held -= 1;
    }
  }
  return Math.max(most, held);
}

/** The same of results that came to the engine. */
function mostHeldByEngine(events: readonly RunEvent[]): number {
  const came = new Set(events.flatMap((event) => (event.type === "sizes" ? [...event.task] : [])));
  return mostHeld(events, (task) => came.has(task));
}

describe("if all tasks take the same, a tree sum of 160 chunks holds at most 10 results and one for each worker", () => {
  test.each(WORKERS)("2 ms, %d workers", async (workers) => {
    const { events } = await runOnPaper(treeSum("identity"), workers, 2);
    expect(mostHeld(events)).toBeLessThanOrEqual(10 + workers);
  });

  test.each(WORKERS)("tiny, %d workers; with those inside the batch that is told, two more", async (workers) => {
    const { events } = await runOnPaper(treeSum("identity"), workers, 0.002);
    expect(mostHeldByEngine(events)).toBeLessThanOrEqual(10 + workers);
    expect(mostHeld(events)).toBeLessThanOrEqual(12 + workers);
  });
});

test("tasks of 2 ms keep eight workers busy all the same", async () => {
  const { time } = await runOnPaper(treeSum("identity"), 8, 2);
  // 214 tasks: 54 ms; the last five sums run one after the other.
  expect(time).toBeLessThan(66);
});

test("quick tasks still go in large batches", async () => {
  const { batches } = await runOnPaper(treeSum("identity"), 2, 0.05);
  expect(batches).toBeLessThan(30);
});

describe("on threads, where tasks and messages take different times, no more than 20 and two for each worker", () => {
  test.each([
    ["tiny", treeSum("identity")],
    ["chunks of 2 ms", treeSum("wait", 2)],
  ])("%s", async (_case, graph) => {
    for (const workers of WORKERS) {
      const engine = new ThreadEngine({ workers });
      const run = engine.start(requestOf(graph));
      const held = mostHeld(await eventsOf(run));
      expect(await run.results).toEqual([TOTAL]);
      await engine.close();
      expect(held).toBeLessThanOrEqual(20 + 2 * workers);
    }
  });
});
