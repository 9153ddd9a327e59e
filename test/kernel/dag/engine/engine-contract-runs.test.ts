// What must be the same whichever engine runs: how a run goes, is seen and is stopped.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { computeWith, runWith } from "../../../../kernel/src/dag/compute.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import { type RunEvent, State } from "../../../../kernel/src/dag/engine/events.js";
import { taskSignal } from "../../../../kernel/src/dag/engine/task-context.js";
import { moduleFunction } from "../../../../kernel/src/dag/functions/index.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { inc, kinds, noted, place, sum, waiting } from "../../../support/contract.js";
import { captureStreams, eventsOf, statesOf } from "../../../support/engines.js";

const { queued, processing, memory, released, erred, cancelled } = State;

describe.each(kinds)("%s", (name, make) => {
  let engine: Engine;
  let folder: string;
  let streams: ReturnType<typeof captureStreams>;
  beforeAll(() => {
    engine = make(2);
  });
  afterAll(() => engine.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dagbook-test-"));
    streams = captureStreams();
  });
  afterEach(() => {
    streams.restore();
    rmSync(folder, { recursive: true });
    expect(arena().used).toBe(0);
  });
  const noteFile = (): string => join(folder, "notes");
  const notes = (): string[] => readFileSync(noteFile(), "utf8").trim().split("\n");
  const compute = async (...values: unknown[]): Promise<readonly unknown[]> => computeWith({ engine }, ...values);

  test("cancels what waits: it never runs", async () => {
    const first = waiting(noteFile());
    const later = Array.from({ length: 5 }, () => noted(join(folder, "later"), first));
    const run = await runWith({ engine }, ...later);
    for await (const event of run.events) if (event.type === "progress") run.cancel("enough");
    await expect(run.value).rejects.toMatchObject({
      name: "CancelledError",
      message: expect.stringContaining("enough"),
    });
    const states = statesOf(await eventsOf(run));
    const ends = Object.entries(states).filter(([key]) => key.startsWith("noted"));
    expect(ends.map(([, list]) => list.at(-1))).toEqual(new Array(5).fill(cancelled));
    expect(() => readFileSync(join(folder, "later"))).toThrow("ENOENT");
  });

  test("tells a running task that its run is cancelled: it ends itself, its worker stays", async () => {
    const options = { engine, workers: 1 };
    const [before] = await computeWith(options, place());
    const run = await runWith(options, waiting(noteFile()));
    const seen: RunEvent[] = [];
    for await (const event of run.events) {
      seen.push(event);
      if (event.type === "progress") run.cancel();
    }
    await expect(run.value).rejects.toMatchObject({ name: "CancelledError" });
    expect(seen.find(({ type }) => type === "progress")).toMatchObject({ task: [0], fraction: [0.25] });
    expect(notes()).toEqual(["CancelledError"]);
    expect(seen.at(-1)).toMatchObject({ type: "end", state: "cancelled" });
    expect(await computeWith(options, place())).toEqual([before]);
  });

  test("a signal that is no longer wanted leaves the next task alone", async () => {
    const isAborted = delayed(() => taskSignal().aborted);
    for (let i = 0; i < 3; i++) {
      const run = await runWith({ engine, workers: 1 }, waiting(noteFile()));
      for await (const event of run.events) if (event.type === "progress") run.cancel();
      expect(await computeWith({ engine, workers: 1 }, isAborted(), isAborted())).toEqual([false, false]);
    }
  });

  test("tells every state of every task in a legal order", async () => {
    const parts = Array.from({ length: 300 }, (_, i) => inc(i));
    const run = await runWith({ engine, title: "all", optimize: false }, sum(parts));
    const events = await eventsOf(run);
    expect(events[0]).toMatchObject({ type: "start", run: run.id, title: "all", workers: name === "sync" ? 1 : 2 });
    expect(events.at(-1)).toMatchObject({ type: "end", state: "finished" });
    const states = Object.entries(statesOf(events));
    expect(states).toHaveLength(301);
    for (const [key, list] of states) {
      const begun = list.filter((state) => state !== queued);
      expect([key, ...begun]).toEqual([key, processing, memory, ...(key.startsWith("inc") ? [released] : [])]);
    }
    expect(await run.value).toEqual([45_150]);
  });

  test("tells a failure, and what never ran because of it", async () => {
    const bad = delayed((): number => {
      throw new RangeError("no");
    })();
    const run = await runWith({ engine, optimize: false }, inc(bad));
    await expect(run.value).rejects.toThrow("no");
    const events = await eventsOf(run);
    const last = Object.values(statesOf(events)).map((list) => list.at(-1));
    expect(last).toEqual([erred, erred]);
    expect(events.find(({ type }) => type === "error")).toMatchObject({ name: "RangeError", task: expect.any(Number) });
  });

  test("shows what tasks print, and tells it before the task's end", async () => {
    const speak = delayed((text: string) => {
      process.stdout.write(`${text}\n`);
      process.stderr.write(`${text}!\n`);
      return text;
    });
    const run = await runWith({ engine }, speak("one"), speak("two"));
    const events = await eventsOf(run);
    const text = { stdout: "", stderr: "" };
    for (const event of events) if (event.type === "output") text[event.name] += event.text;
    expect(text.stdout.trim().split("\n").sort()).toEqual(["one", "two"]);
    expect(text.stderr.trim().split("\n").sort()).toEqual(["one!", "two!"]);
    expect(streams.text()).toContain("two!\n");
    expect(await run.value).toEqual(["one", "two"]);
  });

  test("a task that computes a graph runs it on its own worker, unheard by the run around it", async () => {
    const specifier = new URL("../../../support/nested-run.mjs", import.meta.url).href;
    const onWorker = moduleFunction((_: number): unknown => undefined, specifier, "computeOnWorker");
    const inside = async (n: number): Promise<unknown> => {
      const lazy = [delayed((x: number) => x * 2)(n), da.ones([100], { chunks: 30 }).sum(), place()];
      const [double, total, where] = await computeWith({ engine: "threads", workers: 2 }, ...lazy);
      return { double, total, isInline: where === `${process.pid}/${threadId}` };
    };
    // More than there are workers: none may wait for a worker that waits as well.
    const outer = delayed(name === "sync" ? inside : onWorker, { name: "outer" });
    const run = await runWith({ engine }, ...Array.from({ length: 6 }, (_, i) => outer(i)));
    expect(await run.value).toEqual(
      Array.from({ length: 6 }, (_, i) => ({ double: 2 * i, total: 100, isInline: true })),
    );
    expect(Object.keys(statesOf(await eventsOf(run))).every((key) => key.startsWith("outer"))).toBe(true);
  });

  test("runs two graphs at once", async () => {
    const two = await Promise.all([compute(sum([inc(1), inc(2)])), compute(da.ones([50], { chunks: 9 }).sum())]);
    expect(two).toEqual([[5], [50]]);
  });

  test("finishes a graph whose results nobody awaits, and one that is cancelled at once", async () => {
    const run = await runWith({ engine }, inc(1));
    run.cancel();
    await expect(run.value).rejects.toMatchObject({ name: "CancelledError" });
    expect((await eventsOf(run)).at(-1)).toMatchObject({ type: "end", state: "cancelled" });
  });
});

test.each(kinds)("%s cancels its runs when it is closed, and starts no other", async (_name, make) => {
  const engine = make(1);
  const run = await runWith({ engine }, waiting("/dev/null"));
  for await (const event of run.events) if (event.type === "progress") break;
  await engine.close();
  await expect(run.value).rejects.toMatchObject({ name: "CancelledError" });
  await expect(computeWith({ engine }, inc(1))).rejects.toThrow("the engine is closed");
});
