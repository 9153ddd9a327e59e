import { setTimeout as delay, setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Engine, Run } from "../../../../kernel/src/dag/engine/engine.js";
import { engineKinds, eventsOf } from "../../../support/engines.js";
import { closure, packedGraph, requestOf } from "../../../support/packed-graphs.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes of strings, objects and buffers that are still referenced somewhere. */
async function heldBytes(): Promise<number> {
  collect();
  // Node frees what arrived through a port a turn later.
  await setImmediate();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** The same less `before`, as soon as it is below `limit`; what is really held stays however long one waits. */
async function heldSince(before: number, limit: number): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const held = (await heldBytes()) - before;
    if (held < limit) return held;
    await delay(20);
  }
  return (await heldBytes()) - before;
}

const size = 5_000_000;
const times = 10;
/** of one or two runs the interpreter may still hold something in a register */
const slack = 2 * size;
const echo = closure("(value) => value");

describe.each(engineKinds)("%s", (_name, make) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = make(1);
    // The worker, the code of both sides.
    await finished("x".repeat(size));
  });
  afterAll(() => engine.close());

  async function finished(value: unknown): Promise<Run> {
    const run = engine.start(requestOf(packedGraph({ a: [echo, value] }, ["a"])));
    await eventsOf(run);
    const [result] = (await run.results) as [{ length: number }];
    expect(result.length).toBe(size);
    return run;
  }

  test.each([
    ["text", () => "x".repeat(size)],
    ["bytes", () => new Uint8Array(size)],
  ])(
    "holds no argument and no result of %s after the run, while its events and cancel are held",
    async (_kind, given) => {
      const before = await heldBytes();
      const handles: unknown[] = [];
      for (let i = 0; i < times; i++) {
        const { events, cancel } = await finished(given());
        handles.push(events, cancel);
      }
      expect(await heldSince(before, slack)).toBeLessThan(slack);
      expect(handles).toHaveLength(2 * times);
    },
  );

  test("runs that are held keep their results once, not encoded as well", async () => {
    const before = await heldBytes();
    const runs: Run[] = [];
    for (let i = 0; i < times; i++) runs.push(await finished(new Uint8Array(size)));
    const most = times * size + slack;
    expect(await heldSince(before, most)).toBeLessThan(most);
    expect(runs).toHaveLength(times);
  });
});
