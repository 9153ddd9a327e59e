import { delayed } from "../../../../kernel/src/dag/delayed.js";
import { asCompleted, map, submit, wait } from "../../../../kernel/src/dag/futures/index.js";
import { changed, openGate, sharedCells } from "../../../support/engines.js";
import { callables, onBothEngines } from "../../../support/futures.js";

const { boom, countAndBlock, inc } = callables();

onBothEngines(2, () => {
  test("wait returns when all have ended, in whatever way", async () => {
    const [ok, bad, cancelled] = [submit(inc, 0), submit(boom, "no"), submit(inc, 1)];
    cancelled.cancel();
    expect(await wait([ok, bad, cancelled, ok])).toEqual({ done: new Set([ok, bad, cancelled]), notDone: new Set() });
    expect([ok.status, bad.status, cancelled.status]).toEqual(["finished", "error", "cancelled"]);
    expect(await wait([])).toEqual({ done: new Set(), notDone: new Set() });
  });

  test("wait returns with the first that ends, or after its time", async () => {
    const { buffer, cells } = sharedCells();
    const slow = submit(countAndBlock, buffer);
    const quick = submit(inc, 0);
    expect(await wait([slow, quick], { returnWhen: "first" })).toEqual({
      done: new Set([quick]),
      notDone: new Set([slow]),
    });
    expect(await wait([slow], { timeout: 1 })).toEqual({ done: new Set(), notDone: new Set([slow]) });
    await expect(wait([slow], { signal: AbortSignal.abort("enough") })).rejects.toMatchObject({ cause: "enough" });
    openGate(cells);
    expect((await wait([slow])).done).toEqual(new Set([slow]));
  });

  test("asCompleted gives futures in the order in which they end, with failed and cancelled ones", async () => {
    const { buffer, cells } = sharedCells();
    const slow = submit(countAndBlock, buffer);
    await changed(cells, 0, 0);
    const bad = submit(boom, "no");
    const cancelled = submit(inc, 1);
    cancelled.cancel();
    await wait([bad]);
    const order = [];
    for await (const future of asCompleted([slow, bad, cancelled])) {
      order.push(future);
      if (future === bad) openGate(cells);
    }
    expect(order).toEqual([cancelled, bad, slow]);
  });

  test("futures can be added while they are taken", async () => {
    const completed = asCompleted(map(inc, [0, 1]));
    const values: number[] = [];
    for await (const future of completed) {
      const value = await future.result();
      values.push(value);
      if (value < 4) completed.add(submit(inc, value + 2));
    }
    expect([values.sort((a, b) => a - b), completed.count]).toEqual([[1, 2, 4, 5], 0]);
    completed.update(map(inc, [9]));
    expect(await (await completed.next()).value?.result()).toBe(10);
    expect(await completed.next()).toEqual({ done: true, value: undefined });
  });

  test("a future alone is no list", async () => {
    const alone = submit(inc, 1);
    expect(() => asCompleted(alone as never)).toThrow(/got Future inc-\d+: pending: write asCompleted\(\[future\]\)/);
    await expect(wait(alone as never)).rejects.toThrow("write wait([future])");
    expect(await alone.result()).toBe(2);
  });

  test("several may wait for the next one, and a loop may end early", async () => {
    const { buffer, cells } = sharedCells();
    const completed = asCompleted([submit(countAndBlock, buffer)]);
    const waits = [completed.next(), completed.next()];
    openGate(cells);
    expect((await Promise.all(waits)).map(({ done }) => done)).toEqual([false, true]);
    for await (const future of asCompleted(map(inc, [1, 2, 3]))) {
      expect(await future.result()).toBeLessThan(5);
      break;
    }
  });
});

test("what is no future is refused", async () => {
  expect(() => asCompleted([5] as never)).toThrow("asCompleted() needs futures and got 5: give what");
  await expect(wait(["x"] as never)).rejects.toThrow("wait() needs futures and got 'x'");
  expect(() => asCompleted([delayed(inc)(1)] as never)).toThrow(/got Delayed\(.*\): compute it, or submit/);
  for (const alone of [3, null, {}]) {
    expect(() => asCompleted(alone as never)).toThrow("asCompleted() needs a list of futures");
    await expect(wait(alone as never)).rejects.toThrow("write wait([future])");
  }
  await expect(wait([], { returnWhen: "some" as "all" })).rejects.toThrow('returnWhen must be "all" or "first"');
});
