import { useEngine } from "../../../../kernel/src/dag/context.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import { gather, map, submit, submitWith } from "../../../../kernel/src/dag/futures/index.js";
import { changed, engineKinds, openGate, sharedCells } from "../../../support/engines.js";
import { callables } from "../../../support/futures.js";

const { countAndBlock, inc, log } = callables();
/** Turns of the event loop are runs of their own. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe.each(engineKinds)("%s", (_, make) => {
  let engine: Engine;
  beforeEach(() => {
    engine = make(1);
    useEngine(engine);
  });
  afterEach(async () => {
    useEngine(undefined);
    await engine.close();
  });

  /** Numbers that `log` wrote, in the order of the calls. */
  const logged = (cells: Int32Array) => [...cells.subarray(3, 3 + cells[2]!)];

  // Dask ran these as hi1 hi0 lo1 lo0 late1 late0 hi2 lo2.
  test("a higher priority runs first whatever run it is in, equal ones as they were submitted", async () => {
    const { buffer, cells } = sharedCells(20);
    const done = submit(inc, 1);
    await done.result();
    const busy = submit(countAndBlock, buffer);
    await changed(cells, 0, 0);
    const futures = [];
    for (const n of [0, 1, 2]) {
      futures.push(submit(log, buffer, n));
      await turn();
    }
    for (const n of [10, 11, 12]) {
      futures.push(submitWith({ priority: 1 }, log, buffer, n));
      await turn();
    }
    for (const n of [20, 21]) futures.push(submit(log, buffer, n));
    await turn();
    await done.result();
    openGate(cells);
    await gather([busy, futures]);
    expect(logged(cells)).toEqual([10, 11, 12, 0, 1, 2, 20, 21]);
  });

  test("in one turn too", async () => {
    const { buffer, cells } = sharedCells(20);
    const busy = submit(countAndBlock, buffer);
    await changed(cells, 0, 0);
    const low = [0, 1, 2].map((n) => submitWith({ priority: -1 }, log, buffer, n));
    const none = [10, 11, 12].map((n) => submit(log, buffer, n));
    const high = [20, 21].map((n) => submitWith({ priority: 3 }, log, buffer, n));
    await turn();
    openGate(cells);
    await gather([busy, low, none, high]);
    expect(logged(cells)).toEqual([20, 21, 10, 11, 12, 0, 1, 2]);
  });

  test("a computation of the same priority takes turns with futures, one of a higher goes first", async () => {
    const { buffer, cells } = sharedCells(200);
    const done = submit(inc, 1);
    await done.result();
    const busy = submit(countAndBlock, buffer);
    await changed(cells, 0, 0);
    const futures = map(
      log,
      Array.from({ length: 60 }, () => buffer),
      Array.from({ length: 60 }, (_, i) => i),
    );
    await turn();
    const urgent = delayed(log, { priority: 1 })(buffer, 100).compute();
    const equal = delayed(log)(buffer, 101).compute();
    await turn();
    await turn();
    await done.result();
    openGate(cells);
    await Promise.all([gather([busy, futures]), urgent, equal]);
    const order = logged(cells);
    expect(order[0]).toBe(100);
    expect(order.indexOf(101)).toBeLessThan(order.length - 1);
    expect(order.filter((n) => n < 100)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  });
});
