// The engines that must behave the same on user's functions, and tasks for them. Tasks and tests share files, not memory.
import { delayed } from "../../kernel/src/dag/delayed.js";
import type { Engine } from "../../kernel/src/dag/engine/engine.js";
import { SyncEngine } from "../../kernel/src/dag/engine/sync-engine.js";
import { progress, taskSignal } from "../../kernel/src/dag/engine/task-context.js";
import { ThreadEngine } from "../../kernel/src/dag/engine/thread-engine.js";
import { moduleFunction } from "../../kernel/src/dag/functions/index.js";
import { NDArray } from "../../kernel/src/dag/memory/nd-array.js";

/** Workers that share memory, workers that do not, and the caller's thread. */
export const kinds: readonly (readonly [string, (workers: number) => Engine])[] = [
  ["threads", (workers) => new ThreadEngine({ workers })],
  ["processes", (workers) => new ThreadEngine({ workers, pool: "processes" })],
  ["sync", () => new SyncEngine()],
];

export const inc = delayed((x: number) => x + 1, { name: "inc" });
export const sum = delayed((list: readonly number[]) => list.reduce((a, b) => a + b, 0), { name: "sum" });
/** Adds a line to a file and gives their number: how often it was called, in whichever process. */
export const noted = delayed(
  (file: string, ..._after: unknown[]) => {
    const fs = process.getBuiltinModule("node:fs");
    fs.appendFileSync(file, "called\n");
    return fs.readFileSync(file, "utf8").split("\n").length - 1;
  },
  { name: "noted" },
);
/** Reports a quarter, then waits until the run is cancelled; says which reason it got. */
export const waiting = delayed(
  async (file: string) => {
    progress(0.25);
    const signal = taskSignal();
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    process.getBuiltinModule("node:fs").appendFileSync(file, `${signal.reason.name}\n`);
  },
  { name: "waiting" },
);
const taskFunctions = new URL("./task-functions.mjs", import.meta.url).href;
/** Three lines of two numbers, column by column. */
export const made = moduleFunction(
  () => new NDArray(new Float64Array([1, 2, 3, 4, 5, 6]), [3, 2], [1, 3]),
  taskFunctions,
  "makeArray",
);
export const place = delayed(() => `${process.pid}/${process.getBuiltinModule("node:worker_threads").threadId}`);
