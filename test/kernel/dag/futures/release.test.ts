import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { release } from "../../../../kernel/src/dag/compute.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import { gather, map, submit, wait } from "../../../../kernel/src/dag/futures/index.js";
import type { Kept } from "../../../../kernel/src/dag/graph/packed.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { changed, openGate, sharedCells } from "../../../support/engines.js";
import { callables, onBothEngines } from "../../../support/futures.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const turn = () => new Promise((resolve) => setImmediate(resolve));
const { add, countAndBlock, countAndLoop, inc } = callables();

onBothEngines(2, (engine) => {
  /** Handles given to the engine's `release` from now on. */
  function releases(): Kept[] {
    const released: Kept[] = [];
    const { release } = engine();
    engine().release = (kept) => {
      released.push(...kept);
      release.call(engine(), kept);
    };
    return released;
  }

  test("results of futures that nobody holds are dropped, those of others are not", async () => {
    const released = releases();
    const held = submit(inc, 1);
    await (async () => {
      expect(
        await gather(
          map(
            inc,
            Array.from({ length: 50 }, (_, i) => i),
          ),
        ),
      ).toHaveLength(50);
    })();
    await held.result();
    for (let i = 0; i < 200 && released.length < 50; i++) {
      await turn();
      collectGarbage();
    }
    expect(new Set(released.map(({ id }) => id)).size).toBe(50);
    expect(await held.result()).toBe(2);
  });

  test("a released result is gone at once, with its array memory", async () => {
    const make = () => submit((x: NDArray) => x, da.ones([1000, 100], { chunks: 1000 }) as unknown as NDArray);
    const future = make();
    await future.result();
    const before = arena().used;
    const second = make();
    await wait([second]);
    const during = arena().used;
    second.release();
    await future.result();
    expect(during - before).toBeGreaterThanOrEqual(800_000);
    expect(arena().used).toBe(before);
    await expect(second.result()).rejects.toThrow("was released");
    await expect(delayed((x: NDArray) => x)(second).compute()).rejects.toThrow("was released");
    expect(String(second)).toMatch(/^Future task-\d+: released$/);
    const needs = submit((x: NDArray) => x, second as never);
    await expect(needs.result()).rejects.toThrow(
      `the result of future ${String(second.key)} was released: submit it again`,
    );
    future.release();
  });

  test("release() releases futures, also in a list", async () => {
    const [one, two] = [submit(inc, 1), submit(inc, 2)];
    expect(await one.result()).toBe(2);
    release(one, [two]);
    await expect(one.result()).rejects.toThrow("was released");
    await expect(two.result()).rejects.toThrow("was released");
  });

  test("a released future is still an input of what was submitted with it", async () => {
    const { buffer, cells } = sharedCells(3);
    const slow = submit(countAndBlock, buffer);
    await changed(cells, 0, 0);
    const needs = (() => {
      using one = submit(inc, 1);
      return submit((text: string, n: number) => `${text} ${n}`, slow, one);
    })();
    slow.release();
    openGate(cells);
    expect(await needs.result()).toBe("done 2");
    expect(await submit(add, 1, 2).result()).toBe(3);
  });

  test("a pending future that is released and that nothing needs is cancelled", async () => {
    const { buffer, cells } = sharedCells(3);
    const endless = submit(countAndLoop, buffer);
    const needs = submit(inc, endless);
    await changed(cells, 0, 0);
    endless.release();
    expect(endless.status).toBe("pending");
    needs.release();
    await wait([endless]);
    expect([needs.status, endless.status]).toEqual(["cancelled", "cancelled"]);
  });

  test("the results of a run are dropped one by one, not when it ends", async () => {
    const { buffer, cells } = sharedCells(3);
    const blocks = [submit(countAndBlock, buffer), submit(countAndBlock, buffer)];
    while (cells[0]! < 2) await changed(cells, 0, cells[0]!);
    openGate(cells);
    await gather(blocks);
    const before = arena().used;
    const gate = sharedCells(3);
    // One run: an array, and a call that goes on.
    const array = submit((x: NDArray) => x, da.ones([1000, 100], { chunks: 1000 }) as unknown as NDArray);
    const busy = submit(countAndBlock, gate.buffer);
    await wait([array]);
    array.release();
    await submit(inc, 1).result();
    expect([arena().used - before, busy.status]).toEqual([0, "pending"]);
    openGate(gate.cells);
    await busy.result();
  });
});
