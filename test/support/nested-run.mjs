// A task that computes a graph of its own.
import { ThreadEngine } from "../../kernel/dist/dag/engine/thread-engine.js";
import { get } from "../../kernel/dist/dag/get.js";
import { ref, task } from "../../kernel/dist/dag/graph/index.js";

export const computeInside = async (x) => {
  const engine = new ThreadEngine({ workers: 1 });
  try {
    return await get({ inner: task(Math.abs, x), sum: task(Math.max, ref("inner"), 0) }, "sum", { engine });
  } finally {
    await engine.close();
  }
};
