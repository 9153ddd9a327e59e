// Cancels a task that never ends, closes the engine at once and prints what would keep the process alive.
import { setImmediate } from "node:timers/promises";
import { runWith } from "../../kernel/dist/dag/compute.js";
import { delayed } from "../../kernel/dist/dag/delayed.js";
import { ThreadEngine } from "../../kernel/dist/dag/engine/thread-engine.js";

const engine = new ThreadEngine({ workers: 1, pool: process.argv[2] });
const loop = delayed(() => {
  process.stdout.write("looping\n");
  for (;;);
});
const run = await runWith({ engine }, loop());
for await (const event of run.events) if (event.type === "output") break;
run.cancel();
await engine.close();
// Handles that were closed are gone in the next turn.
await setImmediate();
const known = ["PipeWrap", "TTYWrap", "FSReqPromise"];
process.stdout.write(`left: ${process.getActiveResourcesInfo().filter((name) => !known.includes(name))}\n`);
