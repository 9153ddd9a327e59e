// Tasks fail, end their workers, leave bombs behind and are cancelled, results go to disk, processes are killed: every
// result is right or the right error, and nothing is left.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Engine, Run, RunOptions } from "../../../../kernel/src/dag/engine/engine.js";
import { POLICIES } from "../../../../kernel/src/dag/engine/policies/policy-name.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { isBlock } from "../../../../kernel/src/dag/memory/block.js";
import { folderPrefix } from "../../../../kernel/src/process-folder.js";
import { CHAOS_LIMIT, CHAOS_RETRIES, type ChaosGraph, chaosGraph } from "../../../support/chaos.js";
import { captureStreams, engineKinds, eventsOf } from "../../../support/engines.js";
import { seededRandom } from "../../../support/graphs.js";
import { children, threadCount } from "../../../support/own-processes.js";
import { packedGraph, requestOf, result } from "../../../support/packed-graphs.js";

const WORKERS = 3;
/** A task dies with its process whoever killed that: of three deaths that are allowed, one may be a bomb. */
const MOST_KILLS = 2;

type Kind = readonly [name: string, graphs: number, make: (workers: number) => Engine, killsProcesses: boolean];

const [[, threads], [, remote]] = engineKinds as [(typeof engineKinds)[0], (typeof engineKinds)[0]];
const kinds: readonly Kind[] = [
  ["ThreadEngine", 130, threads, false],
  ["RemoteEngine", 30, remote, false],
  ["child processes", 32, (workers) => new ThreadEngine({ workers, pool: "processes" }), true],
];

test.each(kinds)(
  "%s: %i random graphs of chaos give right results or right errors, and leave nothing behind",
  async (_name, graphs, make, killsProcesses) => {
    const streams = captureStreams();
    const folder = mkdtempSync(join(tmpdir(), "chaos-"));
    const before = { threads: threadCount(), children: children(), temporary: ownTemporary() };
    const engine = make(WORKERS);
    const wrong: string[] = [];
    const ends: Record<string, number> = {};
    let spills = 0;
    for (let seed = 1; seed <= graphs && wrong.length === 0; seed++) {
      const random = seededRandom(seed);
      const own = mkdtempSync(join(folder, "run-"));
      const chaos = chaosGraph(random, own);
      const cancelAfter = chaos.isEndless || random() < 0.25 ? Math.floor(random() * 30) : undefined;
      const run = engine.start(requestOf(chaos.graph, optionsOf(random, chaos)));
      if (cancelAfter !== undefined) void delay(cancelAfter).then(() => run.cancel("chaos"));
      const kills = killsProcesses ? killSome(random) : undefined;
      const { how, spilled } = await endOf(run, engine, chaos, cancelAfter !== undefined);
      await kills;
      ends[how] = (ends[how] ?? 0) + 1;
      if (spilled > 0) spills += 1;
      if (!["right", "TaskError", "WorkerError", "CancelledError"].includes(how)) wrong.push(`seed ${seed}: ${how}`);
      if (!(await becomes(() => arena().used === 0))) wrong.push(`seed ${seed}: ${arena().used} bytes left`);
      if (!(await becomes(() => spillFiles().length === 0))) wrong.push(`seed ${seed}: files left: ${spillFiles()}`);
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
    expect(ends.right).toBeGreaterThan(graphs / 4);
    expect(spills).toBeGreaterThan(graphs / 10);
    expect(await becomes(() => threadCount() <= before.threads)).toBe(true);
    expect(children()).toEqual(before.children);
    expect(ownTemporary()).toEqual(before.temporary);
  },
  240_000,
);

function optionsOf(random: () => number, { isLarge }: ChaosGraph): RunOptions {
  const policy = POLICIES[Math.floor(random() * POLICIES.length)];
  return { retries: CHAOS_RETRIES, policy, ...(isLarge && { memoryLimit: CHAOS_LIMIT }) };
}

/** Kills processes of workers a few times, each once it is at work or idle, as it happens. */
async function killSome(random: () => number): Promise<void> {
  const kills = Math.floor(random() * (MOST_KILLS + 1));
  for (let i = 0; i < kills; i++) {
    await delay(random() * 40);
    const running = children();
    if (running.length > 0) process.kill(running[Math.floor(random() * running.length)]!, "SIGKILL");
  }
}

/** "right", the name of a right error, or what is wrong; and the bytes that went to disk. */
async function endOf(
  run: Run,
  engine: Engine,
  chaos: ChaosGraph,
  isCancelled: boolean,
): Promise<{ readonly how: string; readonly spilled: number }> {
  const how = await howItEnds(run, engine, chaos, isCancelled);
  const last = (await eventsOf(run)).at(-1);
  return { how, spilled: (last?.type === "end" ? last.spilled : undefined) ?? 0 };
}

async function howItEnds(run: Run, engine: Engine, chaos: ChaosGraph, isCancelled: boolean): Promise<string> {
  const { expected, failing, deadly } = chaos;
  try {
    const results = await run.results;
    const sums = results.slice(0, expected.length).map(sumOf);
    engine.releaseResults(results);
    if (failing.length + deadly.length > 0 && !isCancelled) return "it has results, but should have failed";
    return sums.every((sum, i) => sum === expected[i]) ? "right" : `got ${sums} instead of ${expected}`;
  } catch (thrown) {
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

function ownTemporary(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.includes("dagbook") && name.includes(String(process.pid)));
}

function spillFiles(): string[] {
  const folder = join(tmpdir(), `${folderPrefix("spill")}${process.pid}`);
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".bin"))
    : [];
}
