import { setTimeout as delay } from "node:timers/promises";
import { compute } from "../../../../kernel/src/dag/compute.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import { gather, map, submit, submitWith, wait } from "../../../../kernel/src/dag/futures/index.js";
import { changed, engineKinds, openGate, sharedCells } from "../../../support/engines.js";
import { callables, onBothEngines } from "../../../support/futures.js";

const { add, countAndBlock, countAndLoop, counted, inc, untilAborted } = callables();

/** Nothing here takes so long; Dask never ends what runs. */
const HANG_MS = 10_000;

onBothEngines(2, (engine) => {
  test("a future that has not started never runs once it is cancelled, nor what needs it", async () => {
    const { buffer, cells } = sharedCells(3);
    const done = submit(inc, 1);
    await done.result();
    const [first, second] = [submit(countAndBlock, buffer), submit(countAndBlock, buffer)];
    while (cells[0]! < 2) await changed(cells, 0, cells[0]!);
    const waiting = map((n: number) => n, [1, 2]).concat(submit(counted, buffer, 3));
    const needs = submit(add, waiting[2]!, 1);
    const inSameTurn = submit(counted, buffer, 4);
    expect(inSameTurn.cancel()).toBe(true);
    await delay(0);
    expect(waiting[2]!.cancel("not wanted")).toBe(true);
    // The engine has heard of it before it answers this.
    await done.result();
    expect([waiting[2]!.status, needs.status, needs.cancel()]).toEqual(["cancelled", "cancelled", false]);
    openGate(cells);
    expect(await gather([first, second, waiting.slice(0, 2)])).toEqual(["done", "done", [1, 2]]);
    expect(cells[2]).toBe(0);
    await expect(waiting[2]!.result()).rejects.toMatchObject({
      name: "CancelledError",
      message: `future ${String(waiting[2]!.key)} was cancelled: not wanted`,
    });
    await expect(needs.exception()).rejects.toThrow("it needs counted-");
    const late = submit(inc, waiting[2]!);
    await wait([late]);
    expect(late.status).toBe("cancelled");
  });

  test(
    "a busy future is cancelled by replacing its worker, those on other workers and behind it are not lost",
    async () => {
      const [loop, gate] = [sharedCells(3), sharedCells(3)];
      const endless = submit(countAndLoop, loop.buffer);
      const blocked = submit(countAndBlock, gate.buffer);
      await changed(loop.cells, 0, 0);
      await changed(gate.cells, 0, 0);
      const behind = Array.from({ length: 20 }, (_, i) => submit(counted, gate.buffer, i));
      expect(endless.cancel()).toBe(true);
      await expect(endless.result()).rejects.toMatchObject({ name: "CancelledError" });
      // The second worker is held by `blocked`, so these end only if the first is replaced.
      expect(await gather(behind)).toEqual(Array.from({ length: 20 }, (_, i) => i));
      expect(blocked.status).toBe("pending");
      openGate(gate.cells);
      expect([await blocked.result(), gate.cells[0], gate.cells[2]]).toEqual(["done", 1, 20]);
    },
    HANG_MS,
  );

  test("a busy future that ends within the grace keeps its worker, its result is dropped", async () => {
    const { buffer, cells } = sharedCells(3);
    const busy = submit(countAndBlock, buffer);
    await changed(cells, 0, 0);
    busy.cancel();
    openGate(cells);
    expect(await submit(inc, 1).result()).toBe(2);
    expect([busy.status, busy.cancel()]).toEqual(["cancelled", false]);
  });

  test("a busy future that is cancelled hears of it by its signal, others do not", async () => {
    const [ended, going] = [sharedCells(3), sharedCells(3)];
    const first = submit(untilAborted, ended.buffer);
    const second = submit(untilAborted, going.buffer);
    await changed(ended.cells, 0, 0);
    await changed(going.cells, 0, 0);
    first.cancel();
    await changed(ended.cells, 2, 0);
    expect([ended.cells[2], going.cells[2]]).toEqual([1, 0]);
    second.cancel();
    await changed(going.cells, 2, 0);
    expect(going.cells[2]).toBe(1);
  });

  test("a future that has ended is not cancelled", async () => {
    const done = submit(inc, 1);
    expect([await done.result(), done.cancel(), await done.result(), done.status]).toEqual([2, false, 2, "finished"]);
  });

  test("a signal cancels its futures and no others", async () => {
    const { buffer, cells } = sharedCells(3);
    const controller = new AbortController();
    const endless = submitWith({ signal: controller.signal }, countAndLoop, buffer);
    const other = submit(inc, 1);
    await changed(cells, 0, 0);
    controller.abort("enough");
    await expect(endless.result()).rejects.toThrow("was cancelled: enough");
    expect(await other.result()).toBe(2);
    await expect(submitWith({ signal: controller.signal }, inc, 1).result()).rejects.toThrow("was cancelled: enough");
  });

  test("a computation that needs a cancelled future rejects", async () => {
    const future = submit(inc, 1);
    future.cancel("no");
    await expect(compute(delayed(inc)(future))).rejects.toMatchObject({ name: "CancelledError" });
  });

  test("a run that is stopped as a whole cancels its futures", async () => {
    const { buffer, cells } = sharedCells(3);
    const { start } = engine();
    engine().start = (request) => {
      const run = start.call(engine(), request);
      void changed(cells, 0, 0).then(() => run.cancel("stopped in the view"));
      return run;
    };
    const futures = [submit(countAndLoop, buffer), submit(inc, 1)];
    await wait(futures);
    engine().start = start;
    await expect(futures[0]!.result()).rejects.toThrow("was cancelled");
  });

  test("a task that only a cancelled future needs does not run either", async () => {
    const { buffer, cells } = sharedCells(3);
    const done = submit(inc, 1);
    await done.result();
    const blocks = [submit(countAndBlock, buffer), submit(countAndBlock, buffer)];
    while (cells[0]! < 2) await changed(cells, 0, cells[0]!);
    const shared = delayed(counted)(buffer, 1);
    const [own, both] = [delayed(counted)(buffer, 2), delayed(counted)(buffer, 3)];
    const cancelled = submit((...all: readonly number[]) => all, own, both, shared);
    const kept = submit((...all: readonly number[]) => all, both, shared);
    await delay(0);
    cancelled.cancel();
    await done.result();
    openGate(cells);
    expect(await gather([blocks, kept])).toEqual([
      ["done", "done"],
      [3, 1],
    ]);
    expect(cells[2]).toBe(2);
  });
});

test.each(engineKinds)("the end of a %s cancels its futures, and those that are submitted later", async (_, make) => {
  const engine = make(1);
  const { buffer, cells } = sharedCells(3);
  const futures = [submitWith({ engine }, countAndLoop, buffer), submitWith({ engine }, inc, 1)];
  await changed(cells, 0, 0);
  await engine.close();
  futures.push(submitWith({ engine }, inc, 2));
  await wait(futures);
  expect(futures.map(({ status }) => status)).toEqual(["cancelled", "cancelled", "cancelled"]);
});
