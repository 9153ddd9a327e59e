/**
 * Futures that have not started: those of one turn of the event loop and one group become one run.
 * @module
 */

import { setImmediate } from "node:timers";
import { ArgumentError } from "../../errors.js";
import type { Engine } from "../engine/engine.js";
import { engineOf } from "../engine-choice.js";
import { endingBy, type FutureCore } from "./future-core.js";
import { startFutures } from "./future-run.js";
import { isSameGroup, type RunGroup } from "./run-group.js";

interface Batch {
  readonly group: RunGroup;
  readonly cores: FutureCore[];
}

let open: Batch[] = [];

/** Starts a future at the end of this turn, or when the futures that it needs have finished. */
export function enqueue(core: FutureCore): void {
  const batch = open.findLast(({ group }) => isSameGroup(group, core.group));
  if (batch !== undefined) {
    batch.cores.push(core);
    return;
  }
  if (open.length === 0) setImmediate(startAll);
  open.push({ group: core.group, cores: [core] });
}

function startAll(): void {
  const batches = open;
  open = [];
  for (const { group, cores } of batches) void start(group, cores);
}

async function start(group: RunGroup, cores: readonly FutureCore[]): Promise<void> {
  try {
    const engine = await engineOf(group.engine);
    if (engine.fetch === undefined) {
      throw new ArgumentError(
        `engine "${engine.name}" cannot keep results for futures: use compute, or another engine`,
      );
    }
    startApart(engine, group, cores);
  } catch (error) {
    for (const core of cores) core.end(endingBy(error as Error));
  }
}

/** Starts those that can start. What makes a run impossible is the fault of one: it is found by halving. */
function startApart(engine: Engine, group: RunGroup, cores: readonly FutureCore[]): void {
  const ready = readyOf(cores);
  if (ready.length === 0) return;
  try {
    startFutures(engine, group, ready);
  } catch (error) {
    if (ready.length === 1) {
      ready[0].end(endingBy(error as Error));
      return;
    }
    const middle = ready.length >> 1;
    startApart(engine, group, ready.slice(0, middle));
    startApart(engine, group, ready.slice(middle));
  }
}

/** Those that need no result but finished ones and those of each other; the others wait for theirs. */
function readyOf(cores: readonly FutureCore[]): readonly FutureCore[] {
  const ready = new Set<FutureCore>();
  for (const core of cores) {
    if (core.call === undefined) continue;
    const missing = core.call.inputs.filter((input) => input.status !== "finished" && !ready.has(input));
    const failed = core.call.inputs.find((input) => input.failure !== undefined);
    if (failed !== undefined) core.endWithout(failed);
    else if (missing.length === 0) ready.add(core);
    else defer(core, missing);
  }
  return [...ready];
}

function defer(core: FutureCore, missing: readonly FutureCore[]): void {
  core.missing = missing.length;
  for (const input of missing) {
    input.whenEnded(() => {
      core.missing -= 1;
      if (core.missing === 0 && core.status === "pending") enqueue(core);
    });
  }
}
