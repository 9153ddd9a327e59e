// A worker thread that rebuilds shipped functions and calls them; the built files, as in the pool.
import { parentPort } from "node:worker_threads";
import { rebuildFunction } from "../../kernel/dist/dag/functions/index.js";

parentPort.on("message", async ({ shipped, args }) => {
  try {
    const fn = await rebuildFunction(shipped);
    parentPort.postMessage({ value: await fn(...args) });
  } catch (error) {
    parentPort.postMessage({ error });
  }
});
