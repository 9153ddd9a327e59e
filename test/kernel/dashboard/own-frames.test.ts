import { fileURLToPath } from "node:url";
import { withoutOwnFrames } from "../../../kernel/src/dashboard/own-frames.js";

test("a stack keeps the frames of the user and loses those of the engine", () => {
  const own = fileURLToPath(new URL("../../../kernel/src/dag/engine/worker.js", import.meta.url));
  const stack = [
    "TypeError: 3 is no",
    "    at function: yes",
    "    at cell-14.ts:2:61",
    "    at Array.reduce (<anonymous>)",
    "    at load (/home/me/load.ts:1:2)",
    `    at BatchRun.run (file://${own}:51:38)`,
    "    at async onMessage (/home/me/node_modules/piscina/dist/worker.js:180:22)",
    "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
    "    at node:internal/main/worker_thread:3:4",
  ];
  expect(withoutOwnFrames(stack.join("\n"))).toBe(stack.slice(0, 5).join("\n"));
});
