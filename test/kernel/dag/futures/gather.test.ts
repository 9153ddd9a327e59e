import { gather, submit, submitWith } from "../../../../kernel/src/dag/futures/index.js";
import { changed, openGate, sharedCells } from "../../../support/engines.js";
import { callables, onBothEngines } from "../../../support/futures.js";

const { boom, countAndBlock, inc } = callables();

onBothEngines(2, () => {
  test("the nesting stays, other values come as they are", async () => {
    const [one, two] = [submit(inc, 0), submit(inc, 1)];
    const plain = { text: "x" };
    const gathered = await gather([one, { a: [two, plain] }, new Map([[one, new Set([two, 5])]]), null]);
    expect(gathered).toEqual([1, { a: [2, plain] }, new Map([[1, new Set([2, 5])]]), null]);
    expect((gathered[1] as { a: unknown[] }).a[1]).toBe(plain);
    expect([await gather(one), await gather([]), await gather(7)]).toEqual([1, [], 7]);
  });

  test("the first error is raised while others run", async () => {
    const { buffer, cells } = sharedCells();
    const slow = submit(countAndBlock, buffer);
    await expect(gather([slow, submit(boom, "no")])).rejects.toThrow("RangeError: no");
    openGate(cells);
    expect(await slow.result()).toBe("done");
  });

  test("with skip, futures without a value are left out of what holds them", async () => {
    const [ok, bad, cancelled] = [submit(inc, 0), submit(boom, "no"), submit(inc, 5)];
    cancelled.cancel();
    const nested = {
      list: [bad, ok, cancelled, 7],
      bad,
      map: new Map<unknown, unknown>([
        ["b", bad],
        ["o", ok],
      ]),
      set: new Set([cancelled, ok]),
    };
    const expected = { list: [1, 7], map: new Map([["o", 1]]), set: new Set([1]) };
    expect(await gather(nested, { errors: "skip" })).toEqual(expected);
    await expect(gather(bad, { errors: "skip" })).rejects.toMatchObject({ name: "ArgumentError" });
  });

  test("a signal ends the wait and not the future", async () => {
    const { buffer, cells } = sharedCells();
    const slow = submit(countAndBlock, buffer);
    await changed(cells, 0, 0);
    const controller = new AbortController();
    const waits = [gather([slow], { signal: controller.signal }), slow.result({ signal: controller.signal })];
    controller.abort("enough");
    for (const wait of waits) await expect(wait).rejects.toMatchObject({ name: "CancelledError", cause: "enough" });
    openGate(cells);
    expect(await gather([slow])).toEqual(["done"]);
  });

  test("a result that cannot be opened is the error of its own future", async () => {
    const [ok, released] = [submitWith({ name: "ok" }, inc, 1), submit(inc, 2)];
    await gather([ok, released]);
    released.release();
    const results = await Promise.allSettled([ok.result(), released.result()]);
    expect(results).toMatchObject([{ value: 2 }, { reason: { name: "GraphError" } }]);
  });
});

test("an error policy that does not exist is refused", async () => {
  await expect(gather([], { errors: "ignore" as "skip" })).rejects.toThrow('errors must be "raise" or "skip"');
});
