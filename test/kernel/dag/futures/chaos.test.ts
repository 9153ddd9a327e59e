import { useEngine } from "../../../../kernel/src/dag/context.js";
import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import { type Future, gather, submit, submitWith, wait } from "../../../../kernel/src/dag/futures/index.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { engineKinds } from "../../../support/engines.js";
import { seededRandom } from "../../../support/graphs.js";

describe.each(engineKinds)("%s", (_, make) => {
  let engine: Engine;
  beforeEach(() => {
    engine = make(2);
    useEngine(engine);
  });
  afterEach(async () => {
    useEngine(undefined);
    await engine.close();
  });

  test.each([1, 2, 3, 4])("random failures, cancels, releases and priorities, seed %i", async (seed) => {
    const random = seededRandom(seed);
    const used = arena().used;
    const combine = (fails: boolean, parts: readonly number[], spin: number): number => {
      const end = performance.now() + spin;
      while (performance.now() < end);
      if (fails) throw new RangeError("told to");
      return parts.reduce((sum, part) => sum + part, 1);
    };
    /** each future, what it is if nothing it needs failed, and what it needs */
    const made: {
      future: Future<number>;
      value: number;
      fails: boolean;
      needs: readonly number[];
      isReleased: boolean;
    }[] = [];
    const cancelled = new Set<number>();
    for (let i = 0; i < 300; i++) {
      const count = Math.min(made.length, Math.floor(random() * 4));
      // A released future is no argument any more.
      const needs = Array.from({ length: count }, () => Math.floor(random() * made.length)).filter(
        (k) => !made[k]!.isReleased,
      );
      const fails = random() < 0.03;
      const future = submitWith(
        { priority: Math.floor(random() * 3) },
        combine,
        fails,
        needs.map((k) => made[k]!.future),
        random() < 0.1 ? 3 : 0,
      );
      made.push({ future, value: needs.reduce((sum, k) => sum + made[k]!.value, 1), fails, needs, isReleased: false });
      const other = Math.floor(random() * made.length);
      if (random() < 0.04 && made[other]!.future.cancel("by chance")) cancelled.add(other);
      if (random() < 0.05) {
        made[other]!.isReleased = true;
        made[other]!.future.release();
      }
      if (random() < 0.1) await new Promise((resolve) => setImmediate(resolve));
    }
    await wait(made.map(({ future }) => future));
    const lost = new Set<number>();
    for (const [i, { future, value, fails, needs, isReleased }] of made.entries()) {
      if (future.status === "finished") {
        expect([fails, needs.some((k) => lost.has(k))]).toEqual([false, false]);
        if (!isReleased) expect(await future.result()).toBe(value);
        continue;
      }
      lost.add(i);
      const needed = needs.filter((k) => lost.has(k)).map((k) => made[k]!.future.status);
      if (future.status === "error") expect(fails || needed.includes("error")).toBe(true);
      else expect(cancelled.has(i) || isReleased || needed.includes("cancelled")).toBe(true);
    }
    for (const { future } of made) future.release();
    expect(await gather([submit(combine, false, [1], 0)])).toEqual([2]);
    expect(arena().used).toBe(used);
  });
});
