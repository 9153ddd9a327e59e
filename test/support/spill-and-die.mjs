// Keeps results on disk; then, if told so, is killed as by `kill -9`, else ends by itself.
import { ThreadEngine } from "../../kernel/dist/dag/engine/thread-engine.js";
import { da } from "../../kernel/dist/index.js";

const engine = new ThreadEngine({ workers: 1, memoryLimit: "200 kB" });
const kept = await da.random.normal({ shape: [20, 5_000], chunks: [1, 5_000], seed: 1 }).persist({ engine });
if (process.argv[2] === "die") process.kill(process.pid, "SIGKILL");
process.stdout.write(String(kept.shape));
process.exit(0);
