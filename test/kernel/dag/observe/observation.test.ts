import { run, runWith } from "../../../../kernel/src/dag/compute.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import { RunProfile } from "../../../../kernel/src/dag/observe/profile.js";
import { changed, engineKinds, openGate, sharedCells } from "../../../support/engines.js";

const inc = delayed((x: number) => x + 1, { name: "inc" });
const sum = delayed((values: readonly number[]) => values.reduce((a, b) => a + b, 0), { name: "sum" });
const total = () => sum(Array.from({ length: 50 }, (_, i) => inc(i)));

describe.each(engineKinds)("%s", (_, make) => {
  let engine: Engine;
  beforeAll(() => {
    engine = make(2);
  });
  afterAll(() => engine.close());

  test("tells the whole run once its results are there", async () => {
    const started = await runWith({ engine }, total());
    await started.results;
    const profile = await started.profile();
    expect(profile).toBeInstanceOf(RunProfile);
    expect([profile.state, profile.size]).toEqual(["finished", 51]);
    expect(Object.fromEntries(profile.functions.map(({ name, count }) => [name, count]))).toEqual({ inc: 50, sum: 1 });
    expect(profile.workers.reduce((runs, { count }) => runs + count, 0)).toBe(51);
    expect(profile.tasks.every(({ start, end, ms }) => start! >= 0 && end === start! + ms)).toBe(true);
    expect(profile.criticalPath.keys).toHaveLength(2);
    // What the caller asked for always has a size: a number counts eight bytes.
    expect(profile.functions.find(({ name }) => name === "sum")).toMatchObject({ count: 1, bytes: 8 });
    const { traceEvents } = await started.trace();
    expect(traceEvents.filter(({ ph }) => ph === "X")).toHaveLength(51);
  });

  test("tells a run that goes on as far as it is known, and the same run again at its end", async () => {
    const { buffer, cells } = sharedCells();
    const block = delayed(
      (shared: SharedArrayBuffer) => {
        const cells = new Int32Array(shared);
        Atomics.add(cells, 0, 1);
        Atomics.notify(cells, 0);
        Atomics.wait(cells, 1, 0);
      },
      { name: "block" },
    );
    const started = await runWith({ engine }, block(buffer as never));
    await changed(cells, 0, 0);
    const first = await started.profile();
    openGate(cells);
    await started.value;
    const last = await started.profile();
    expect([first.state, first.size, last.state, last.tasks[0].state]).toEqual(["running", 1, "finished", "memory"]);
  });

  test("tells a run that failed: what threw, what never ran", async () => {
    const fail = delayed((_: number): number => {
      throw new Error("no");
    });
    const started = await runWith({ engine, optimize: false }, inc(fail(inc(1))));
    await expect(started.value).rejects.toThrow("no");
    const { state, tasks } = await started.profile();
    expect([state, tasks.map((task) => task.state).sort()]).toEqual(["erred", ["erred", "erred", "released"]]);
  });

  test("a run without progress has no profile and says why", async () => {
    const started = await runWith({ engine, progress: false }, inc(1));
    await expect(started.profile()).rejects.toThrow("a run with progress: false tells nothing of its tasks");
    await expect(started.trace()).rejects.toThrow("start it without that option");
    expect(await started.value).toEqual([2]);
  });
});

test("a run of plain data has an empty profile", async () => {
  const { profile, value } = await run(5);
  expect([await value, (await profile()).state, (await profile()).tasks]).toEqual([[5], "finished", []]);
});
