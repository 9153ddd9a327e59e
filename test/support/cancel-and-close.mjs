// Cancels a task that never ends, closes the engine at once and prints what would keep the process alive.
import { setImmediate } from "node:timers/promises";
import { runWith } from "../../kernel/dist/dag/compute.js";
import { delayed } from "../../kernel/dist/dag/delayed.js";
import { SyncEngine } from "../../kernel/dist/dag/engine/sync-engine.js";
import { ThreadEngine } from "../../kernel/dist/dag/engine/thread-engine.js";

const [, , name] = process.argv;
const engine = name === "sync" ? new SyncEngine() : new ThreadEngine({ workers: 1, pool: name });
const loop = delayed((blocks) => {
  process.stdout.write("looping\n");
  while (blocks);
  return new Promise(() => undefined);
});
const run = await runWith({ engine }, loop(name !== "sync"));
for await (const event of run.events) if (event.type === "output") break;
run.cancel();
await engine.close();
// Handles that were closed are gone in the next turn.
await setImmediate();
const known = ["PipeWrap", "TTYWrap", "FSReqPromise"];
process.stdout.write(`left: ${process.getActiveResourcesInfo().filter((name) => !known.includes(name))}\n`);
