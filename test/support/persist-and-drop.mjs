// Persists 200 arrays of 50 MB one after the other in an arena of 500 MB; each is dropped at once.
import { setImmediate } from "node:timers/promises";
import { EngineHost } from "../../kernel/dist/dag/engine/engine-host.js";
import { RemoteEngine } from "../../kernel/dist/dag/engine/remote-engine.js";
import { ThreadEngine } from "../../kernel/dist/dag/engine/thread-engine.js";
import { Arena, arena, useArena } from "../../kernel/dist/dag/memory/arena.js";
import { da } from "../../kernel/dist/index.js";

useArena(Arena.create({ limitBytes: 500e6, memoryBytes: 250e6 }));
const threads = new ThreadEngine({ workers: 2 });
let engine = threads;
if (process.argv[2] === "remote") {
  const { port1, port2 } = new MessageChannel();
  new EngineHost(threads, port2);
  port2.unref();
  engine = new RemoteEngine(port1);
}
let spilled = 0;
for (let i = 0; i < 200; i++) {
  await da.random.uniform({ shape: [6_250_000], seed: i }).persist({ engine });
  spilled = Math.max(spilled, arena().spilled);
}
await setImmediate();
process.stdout.write(JSON.stringify({ spilled, peak: arena().peak }));
await engine.close();
