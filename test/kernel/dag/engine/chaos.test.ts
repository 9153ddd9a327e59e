// Tasks fail, end their workers, leave bombs behind and are cancelled: every result is right or the right error, and nothing is left.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Engine, Run } from "../../../../kernel/src/dag/engine/engine.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { isBlock } from "../../../../kernel/src/dag/memory/block.js";
import { CHAOS_RETRIES, type ChaosGraph, chaosGraph } from "../../../support/chaos.js";
import { captureStreams, engineKinds, eventsOf } from "../../../support/engines.js";
import { seededRandom } from "../../../support/graphs.js";
import { packedGraph, requestOf, result } from "../../../support/packed-graphs.js";

const WORKERS = 3;
const GRAPHS = 200;

test.each(engineKinds)(
  "%s survives chaos in 200 random graphs: right results or right errors, nothing left behind",
  async (_name, make) => {
    const streams = captureStreams();
    const folder = mkdtempSync(join(tmpdir(), "chaos-"));
    const before = { threads: threads(), temporary: ownTemporary() };
    const engine = make(WORKERS);
    const wrong: string[] = [];
    const ends: Record<string, number> = {};
    for (let seed = 1; seed <= GRAPHS && wrong.length === 0; seed++) {
      const random = seededRandom(seed);
      const own = mkdtempSync(join(folder, "run-"));
      const chaos = chaosGraph(random, own);
      const cancelAfter = chaos.isEndless || random() < 0.25 ? Math.floor(random() * 30) : undefined;
      const run = engine.start(requestOf(chaos.graph, { retries: CHAOS_RETRIES }));
      if (cancelAfter !== undefined) void delay(cancelAfter).then(() => run.cancel("chaos"));
      const how = await endOf(run, engine, chaos, cancelAfter !== undefined);
      ends[how] = (ends[how] ?? 0) + 1;
      if (!["right", "TaskError", "WorkerError", "CancelledError"].includes(how)) wrong.push(`seed ${seed}: ${how}`);
      if (!(await becomes(() => arena().used === 0))) wrong.push(`seed ${seed}: ${arena().used} bytes left`);
      const next = engine.start(requestOf(packedGraph({ a: ["inc", seed], b: ["inc", result("a")] }, ["b"])));
      const [value] = await next.results;
      if (value !== seed + 2) wrong.push(`seed ${seed}: afterwards ${String(value)}`);
      rmSync(own, { recursive: true });
    }
    await engine.close();
    streams.restore();
    rmSync(folder, { recursive: true });
    expect(wrong).toEqual([]);
    // Everything that can happen did happen.
    expect(Object.keys(ends).sort()).toEqual(["CancelledError", "TaskError", "WorkerError", "right"]);
    expect(ends.right).toBeGreaterThan(GRAPHS / 4);
    expect(await becomes(() => threads() <= before.threads)).toBe(true);
    expect(ownTemporary()).toEqual(before.temporary);
  },
  240_000,
);

/** "right", the name of a right error, or what is wrong. */
async function endOf(run: Run, engine: Engine, chaos: ChaosGraph, isCancelled: boolean): Promise<string> {
  const { expected, failing, deadly } = chaos;
  try {
    const results = await run.results;
    const sums = results.slice(0, expected.length).map(sumOf);
    engine.releaseResults(results);
    await eventsOf(run);
    if (failing.length + deadly.length > 0 && !isCancelled) return "it has results, but should have failed";
    return sums.every((sum, i) => sum === expected[i]) ? "right" : `got ${sums} instead of ${expected}`;
  } catch (thrown) {
    await eventsOf(run);
    const { name, message, facts } = thrown as Error & { facts: { key?: string } };
    const isRight =
      (name === "TaskError" && failing.includes(facts.key ?? "")) ||
      (name === "WorkerError" && deadly.includes(facts.key ?? "")) ||
      (name === "CancelledError" && isCancelled);
    return isRight ? name : `${name}: ${message}`;
  }
}

function sumOf(value: unknown): number {
  return isBlock(value) ? [...arena().view(value)].reduce((sum, x) => sum + x, 0) : (value as number);
}

/** Threads that ended are gone a moment later. */
async function becomes(condition: () => boolean): Promise<boolean> {
  for (let i = 0; i < 500 && !condition(); i++) await delay(10);
  return condition();
}

function threads(): number {
  return Number(/^Threads:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0);
}

function ownTemporary(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.includes("dagbook") && name.includes(String(process.pid)));
}
